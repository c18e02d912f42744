/** `file_recognize`: a whole recording of at most a minute (Feishu document). */
import { jsonAnswer } from "../server/answer.ts";
import type { Route } from "../server/double.ts";
import { Refusal } from "../server/exchange.ts";
import { BYTES_PER_MS, FILE_BODY, parseBody } from "./bodies.ts";
import { feishuError } from "./errors.ts";
import { admitSpeech, hearSpeech, type SpeechRules } from "./speech-rules.ts";

export const FILE_PATH = "/open-apis/speech_to_text/v1/speech/file_recognize";
const INVALID_PARAMETER = 1040101;
/** "接口适合 60 秒以内音频识别". */
const MAX_DURATION_MS = 60_000;

export function fileRoute(rules: SpeechRules): Route {
  return {
    path: new RegExp(`^${FILE_PATH}$`),
    refuse: (exchange, code, reason) => feishuError(exchange, code, reason, rules.siteHost),
    check: async (exchange) => {
      const body = await admitSpeech(exchange, rules, INVALID_PARAMETER);
      rules.gateway.count(exchange);
      const parsed = parseBody(FILE_BODY, body);
      if ("problem" in parsed) throw new Refusal(INVALID_PARAMETER, parsed.problem);
      const { audio } = body;
      if (audio === undefined || audio.sizeBytes === 0) {
        throw new Refusal(INVALID_PARAMETER, "no audio");
      }
      const durationMs = audio.sizeBytes / BYTES_PER_MS;
      if (durationMs > MAX_DURATION_MS) {
        throw new Refusal(INVALID_PARAMETER, `${durationMs} ms of audio, more than 60 s`);
      }
      return {
        serve: async () => {
          const { sizeBytes, bytes } = audio;
          const text = await hearSpeech(exchange, rules, { sizeBytes, bytes }, true);
          return jsonAnswer({ code: 0, msg: "success", data: { recognition_text: text } });
        },
      };
    },
  };
}
