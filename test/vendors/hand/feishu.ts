/** Feishu and Lark requests made by hand. */
import type { FeishuDouble } from "../feishu/server.ts";
import { type HandAnswer, send } from "./http.ts";

const JSON_TYPE = "application/json; charset=utf-8";

export function sendToken(double: FeishuDouble, body: unknown = {}): Promise<HandAnswer> {
  const { appId, appSecret } = double.app;
  const right = { app_id: appId, app_secret: appSecret };
  return send(double.origin + double.paths.token, {
    headers: { "content-type": JSON_TYPE },
    body: typeof body === "string" ? body : JSON.stringify({ ...right, ...Object(body) }),
  });
}

/** A tenant token, fetched as a client would. */
export async function fetchToken(double: FeishuDouble): Promise<string> {
  return String((await sendToken(double)).json.tenant_access_token);
}

export interface SpeechCall {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Overwrites fields of `config`; `undefined` takes one out. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Instead of the base64 of the audio. */
  readonly speech?: unknown;
  /** Fields beside `speech` and `config`. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** The whole body, as it is. */
  readonly rawBody?: string;
  readonly method?: string;
}

/** One call of `file_recognize`; right unless told otherwise. */
export function sendFile(
  double: FeishuDouble,
  audio: Buffer,
  call: SpeechCall,
): Promise<HandAnswer> {
  return sendSpeech(double.origin + double.paths.file, audio, call, {
    file_id: "qwe12dd34567890w",
  });
}

export const STREAM_ID = "asd1234567890ddd";

/** One packet of `stream_recognize`; right unless told otherwise. */
export function sendPacket(
  double: FeishuDouble,
  audio: Buffer,
  sequence: number,
  action: number,
  call: SpeechCall,
): Promise<HandAnswer> {
  return sendSpeech(double.origin + double.paths.stream, audio, call, {
    stream_id: STREAM_ID,
    sequence_id: sequence,
    action,
  });
}

function sendSpeech(
  url: string,
  audio: Buffer,
  call: SpeechCall,
  identity: Readonly<Record<string, unknown>>,
): Promise<HandAnswer> {
  const speech = call.speech === undefined ? { speech: audio.toString("base64") } : call.speech;
  const config = { ...identity, format: "pcm", engine_type: "16k_auto", ...call.config };
  return send(url, {
    method: call.method ?? "POST",
    headers: {
      "content-type": JSON_TYPE,
      ...(call.token === undefined ? {} : { authorization: `Bearer ${call.token}` }),
      ...call.headers,
    },
    body: call.rawBody ?? JSON.stringify({ speech, config, ...call.extra }),
  });
}
