/** How a recording's bytes become samples. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { AudioFacts, ByteSource, PassOptions } from "../../types.ts";
import type { Decoded, Note, OpenStream } from "./decoder.ts";

export interface DecodingInput {
  readonly source: ByteSource;
  readonly facts: AudioFacts;
  /** The input's bytes in order; of a pipe the one pass there is. */
  open(signal?: AbortSignal, options?: PassOptions): AsyncIterable<Uint8Array>;
  readonly note: Note;
  readonly signal: AbortSignal | undefined;
}

/** @throws MissingDecoder before the first samples; whatever decoding throws. */
export type Route = (input: DecodingInput) => AsyncGenerator<Decoded>;

/** What a decoder is given at once: more makes its answers large, and memory with them. */
const CHUNK_BYTES = 16 * 1024;

/** Through a decoder that reads the file from front to end. */
export function streamRoute(openStream: OpenStream): Route {
  return async function* decodeStream({ facts, open, note, signal }) {
    signal?.throwIfAborted();
    const decoder = await openStream(facts, note);
    try {
      for await (const bytes of open(signal, { reuseBuffers: true })) {
        for (let offset = 0; offset < bytes.length; offset += CHUNK_BYTES) {
          yield await decoder.decode(bytes.subarray(offset, offset + CHUNK_BYTES));
          await nextTurn();
          signal?.throwIfAborted();
        }
      }
      yield await decoder.flush();
    } finally {
      decoder.free();
    }
  };
}
