/** What a recording of StepFun's call compares, leaves out and hides. */
import type { ExchangeRules } from "../../http/cassette/rules.ts";

export const STEPFUN_EXCHANGES: ExchangeRules = {
  calls: [{ name: "recognize", path: /\/v1\/audio\/asr\/sse$/, audio: "audio.data" }],
  answerHeaders: ["x-trace-id", "x-request-id"],
};
