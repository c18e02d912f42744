/** A JSON request body with base64 audio somewhere inside, read without ever holding the audio. */
import { AudioReceiver, type ReceivedBytes } from "../audio/receiver.ts";
import type { Exchange } from "../exchange.ts";
import { AudioJson } from "./audio-json.ts";
import { Base64Decoder } from "./base64.ts";

export interface JsonBody {
  /** Parsed, with "" in place of the audio; undefined where the text is not JSON. */
  readonly value: unknown;
  /** Why the text is not JSON, or its audio not base64. */
  readonly problem?: string;
  /** Undefined where no string stood at the path. */
  readonly audio?: ReceivedBytes;
}

/**
 * @param path where the audio is, e.g. ["audio", "data"]; empty: nowhere.
 * @param keep whether the decoded audio is kept whole.
 */
export async function readJsonBody(
  exchange: Exchange,
  path: readonly string[],
  keep: boolean,
): Promise<JsonBody> {
  const receiver = new AudioReceiver(keep);
  const base64 = new Base64Decoder((bytes) => receiver.push(bytes));
  const json = new AudioJson(path, (text) => base64.push(text));
  await exchange.readBody((chunk) => json.push(chunk));
  base64.finish();
  const audio = json.found === 0 ? {} : { audio: receiver.finish() };
  let value: unknown;
  try {
    value = json.parse();
  } catch (error) {
    return { value, problem: json.problem ?? `not JSON: ${String(error)}`, ...audio };
  }
  exchange.record.body = value;
  const twice = json.found > 1 ? `${path.join(".")} stands twice` : undefined;
  const problem = twice ?? base64.problem;
  return { value, ...(problem === undefined ? {} : { problem }), ...audio };
}
