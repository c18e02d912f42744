/** Request bodies (both documents, "请求体") and the headers that go with them. Pure. */
import { base64JsonBody } from "../../http/base64-body.ts";
import { type Body, jsonBody } from "../../http/body.ts";
import type { HttpRequest } from "../../http/transport.ts";
import { DEFAULT_MIDDLE_ACTION, ENGINE } from "./parameters.ts";

/** "固定值" of both documents. */
const CONTENT_TYPE = "application/json; charset=utf-8";

/** `action` by its place in the stream (Lark document; the middle one by users' programs). */
const ACTIONS = { first: 1, end: 2, abort: 3 } as const;
export type Place = keyof typeof ACTIONS | "middle";

export interface EngineSettings {
  readonly engine_type?: string | undefined;
  readonly format?: string | undefined;
  /** `--set-unchecked`: they win over ours. */
  readonly unchecked?: Readonly<Record<string, unknown>>;
}

export function tokenRequest(url: URL, appId: string, appSecret: string): HttpRequest {
  const body = jsonBody({ app_id: appId, app_secret: appSecret });
  return { method: "POST", url, headers: { "Content-Type": CONTENT_TYPE }, body };
}

/** @param pcm Raw samples, 16 kHz, 16 bit, mono, no header. */
export function fileRequest(
  url: URL,
  token: string,
  { fileId, pcm, engine }: { fileId: string; pcm: Body; engine: EngineSettings },
): HttpRequest {
  const config = { file_id: fileId, ...engineFields(engine) };
  const after = `"},"config":${JSON.stringify(config)}}`;
  const body = base64JsonBody('{"speech":{"speech":"', pcm, after);
  return { method: "POST", url, headers: headers(token), body };
}

export interface Packet {
  readonly streamId: string;
  /** From 0, one more with every packet, the empty ones too. */
  readonly sequence: number;
  readonly place: Place;
  /** Raw samples; empty only at the end. */
  readonly pcm: Uint8Array;
}

export function packetRequest(
  url: URL,
  token: string,
  { streamId, sequence, place, pcm }: Packet,
  engine: EngineSettings & { readonly middle_action?: number | undefined },
): HttpRequest {
  const { middle_action: middleAction = DEFAULT_MIDDLE_ACTION } = engine;
  const config = {
    stream_id: streamId,
    sequence_id: sequence,
    action: place === "middle" ? middleAction : ACTIONS[place],
    ...engineFields(engine),
  };
  const speech = Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength).toString("base64");
  const body = jsonBody({ speech: { speech }, config });
  return { method: "POST", url, headers: headers(token), body };
}

function engineFields({ engine_type: engineType, format, unchecked }: EngineSettings) {
  return { format: format ?? "pcm", engine_type: engineType ?? ENGINE, ...unchecked };
}

function headers(token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}`, "Content-Type": CONTENT_TYPE };
}
