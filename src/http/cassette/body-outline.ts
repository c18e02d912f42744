/** Looks at a request's body while it passes. */
import { createHash } from "node:crypto";
import type { Body } from "../body.ts";
import type { HttpRequest } from "../transport.ts";
import { JsonOutline } from "./json-outline.ts";
import type { BodyFacts } from "./request-shape.ts";

export interface WatchedBody {
  /** To be sent instead; undefined where the request has none. */
  readonly body: Body | undefined;
  /** What has passed by now. */
  facts(): BodyFacts | undefined;
}

export function watchedBody({ headers, body }: HttpRequest): WatchedBody {
  if (body === undefined) return { body, facts: () => undefined };
  const { sizeBytes, steady = false } = body;
  const isJson = Object.entries(headers).some(
    ([name, value]) => name.toLowerCase() === "content-type" && /\bjson\b/i.test(value),
  );
  let hash = createHash("sha256");
  let outline = isJson ? new JsonOutline() : undefined;
  let sentBytes = 0;
  return {
    body: {
      sizeBytes,
      steady,
      async *open(signal) {
        hash = createHash("sha256");
        outline = isJson ? new JsonOutline() : undefined;
        sentBytes = 0;
        for await (const piece of body.open(signal)) {
          hash.update(piece);
          outline?.update(piece);
          sentBytes += piece.byteLength;
          yield piece;
        }
      },
    },
    facts() {
      const json = sentBytes === sizeBytes ? outline?.end() : undefined;
      const sha256 = hash.copy().digest("hex");
      return { sizeBytes, sentBytes, sha256, ...(json === undefined ? {} : { json }) };
    },
  };
}

/** Hands a body to nobody. */
export async function readThrough(body: Body, signal: AbortSignal): Promise<void> {
  for await (const _ of body.open(signal)) signal.throwIfAborted();
}
