/** Tencent Cloud's speech recognition: two APIs, one account, one signature. */
export { TENCENT_CREDENTIALS } from "./credentials.ts";
export { tencentFlash } from "./flash/index.ts";
export { tencentRealtime } from "./realtime/index.ts";
