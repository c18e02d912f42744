/** StepFun requests made by hand. */
import { STEPFUN_PATHS, type StepfunDouble } from "../stepfun/server.ts";
import { type HandAnswer, send } from "./http.ts";

export interface StepfunCall {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly transcription?: Readonly<Record<string, unknown>>;
  /** Instead of 16 kHz mono PCM; null takes it out. */
  readonly format?: Readonly<Record<string, unknown>> | null;
  /** Fields put beside `data` and `input`. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** Instead of the base64 of the audio. */
  readonly data?: unknown;
  /** The whole body, as it is. */
  readonly rawBody?: string;
  readonly method?: string;
  readonly watch?: (soFar: string) => void;
}

export const PCM_FORMAT = { type: "pcm", codec: "pcm_s16le", rate: 16_000, bits: 16, channel: 1 };

/** One recognition; right unless told otherwise. */
export function sendAsr(
  double: StepfunDouble,
  audio: Buffer,
  call: StepfunCall = {},
): Promise<HandAnswer> {
  const { format = PCM_FORMAT } = call;
  const input = {
    transcription: { language: "zh", model: "stepaudio-2.5-asr", ...call.transcription },
    ...(format === null ? {} : { format }),
  };
  const data = "data" in call ? call.data : audio.toString("base64");
  const watch = call.watch === undefined ? {} : { watch: call.watch };
  return send(double.origin + (call.path ?? STEPFUN_PATHS.standard), {
    method: call.method ?? "POST",
    headers: {
      authorization: `Bearer ${double.apiKey}`,
      "content-type": "application/json",
      accept: "text/event-stream",
      ...call.headers,
    },
    ...watch,
    body: call.rawBody ?? JSON.stringify({ audio: { data, input, ...call.extra } }),
  });
}

/** The events of an answer in its plainest dress. */
export function eventsOf(answer: HandAnswer): Record<string, unknown>[] {
  return answer.text
    .split("\n\n")
    .filter((block) => block !== "")
    .map((block) => JSON.parse(block.slice("data: ".length)));
}
