/** What a recording of Tencent's calls compares, leaves out and hides. */
import type { CallRule, ExchangeRules } from "../../http/cassette/rules.ts";

/** Either API asks it where a signature was refused. */
const CLOCK: CallRule = { name: "clock", path: /^\/server_time$/, answersAgain: true };

const SECRET = ["secretid"];

export const FLASH_EXCHANGES: ExchangeRules = {
  calls: [
    {
      name: "recognize",
      path: /^\/asr\/flash\/v1\/[^/]+$/,
      volatile: ["timestamp"],
      secret: SECRET,
    },
    CLOCK,
  ],
  answerHeaders: [],
};

export const REALTIME_EXCHANGES: ExchangeRules = {
  calls: [
    {
      name: "slice",
      path: /^\/asr\/v1\/[^/]+$/,
      volatile: ["timestamp", "expired", "nonce"],
      secret: SECRET,
      identifier: "voice_id",
    },
    CLOCK,
  ],
  answerHeaders: [],
};
