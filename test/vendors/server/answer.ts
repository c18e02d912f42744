/** What a vendor answers, before it becomes bytes on a socket. */
import type { Json, JsonObject } from "./json/values.ts";

interface AnswerHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The vendor's own code, for the record; undefined where the answer has none. */
  readonly code?: number;
}

export interface JsonAnswer extends AnswerHead {
  readonly kind: "json";
  readonly value: JsonObject;
  /** Text to bytes where that is not UTF-8. */
  readonly encode?: (text: string) => Buffer;
}

export interface EventAnswer extends AnswerHead {
  readonly kind: "events";
  readonly events: readonly JsonObject[];
}

export interface BytesAnswer extends AnswerHead {
  readonly kind: "bytes";
  /** One write each. */
  readonly pieces: Iterable<Buffer>;
  /** Sent as Content-Length; undefined: chunked. */
  readonly sizeBytes?: number;
}

export type Answer = JsonAnswer | EventAnswer | BytesAnswer;

/** A JSON answer; its `code` goes into the record. */
export function jsonAnswer(
  value: JsonObject,
  head: { status?: number; headers?: Record<string, string>; code?: number } = {},
): JsonAnswer {
  const code = head.code ?? numeric(value.code);
  return {
    kind: "json",
    status: head.status ?? 200,
    headers: { "content-type": "application/json; charset=utf-8", ...head.headers },
    ...(code === undefined ? {} : { code }),
    value,
  };
}

/** A whole body as it is. */
export function bodyAnswer(
  body: string | Buffer,
  contentType: string,
  head: { status?: number; headers?: Readonly<Record<string, string>> } = {},
): BytesAnswer {
  const bytes = Buffer.from(body);
  return {
    kind: "bytes",
    status: head.status ?? 200,
    headers: { "content-type": contentType, ...head.headers },
    pieces: bytes.length === 0 ? [] : [bytes],
    sizeBytes: bytes.length,
  };
}

function numeric(value: Json | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}
