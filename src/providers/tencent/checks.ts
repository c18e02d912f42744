/** What `asr doctor` looks at: whether the host answers, and whether the clocks agree. */
import { AsrError } from "../../errors.ts";
import type { Check } from "../contract.ts";
import { tencentAddress } from "./address.ts";
import { isSkewed, serverOffsetMs } from "./clock-skew.ts";

export const TENCENT_CHECKS: readonly Check[] = [
  {
    name: "clock",
    async run(context) {
      const host = new URL(tencentAddress(context.account).origin).host;
      const offsetMs = await serverOffsetMs(context);
      if (offsetMs === undefined) {
        throw new AsrError("network", `${host} does not tell the time`, {
          hint: "check the network, --proxy and the base address",
        });
      }
      const seconds = Math.round(Math.abs(offsetMs) / 1000);
      if (isSkewed(offsetMs)) {
        throw new AsrError(
          "credentials",
          `this machine's clock is ${seconds} s ${offsetMs > 0 ? "behind" : "ahead of"} ${host}`,
          { hint: "set the clock: signatures older than 3 minutes are refused" },
        );
      }
      return `${host} answers, and the clocks agree within ${seconds + 1} s`;
    },
  },
];
