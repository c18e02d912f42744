/** A pipe as mediabunny wants it, and no more looks at it than a sound file takes. */
import type { ReadableStreamSource } from "mediabunny";

type Library = typeof import("mediabunny");

/** Of a pipe; mediabunny looks back only a little where it reads in order. */
const CACHE_BYTES = 4 * 1024 * 1024;
/**
 * Looks at what has been seen before, since the last at something new. In some damaged files the
 * library would look at the same place for ever (1.61.0), without a turn for anything else.
 */
const MAX_LOOKS = 100_000;

export interface MediaStream {
  readonly source: ReadableStreamSource;
  /** What reading threw, if it did: the library may wrap it, or take it for an end. */
  failure(): unknown;
  /** Lets go of the input. */
  close(): Promise<void>;
}

/** Where the library asks for bytes, kept ones too; nothing public is told of those. */
interface LookedAt {
  _read(startBytes: number, endBytes: number, ...bounds: number[]): unknown;
}

/** @param input read in order, as far as the library asks. */
export function mediaStream(library: Library, input: AsyncIterable<Uint8Array>): MediaStream {
  const chunks = input[Symbol.asyncIterator]();
  let failure: unknown;
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await chunks.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      } catch (error) {
        failure ??= error;
        controller.error(error);
      }
    },
  });
  const options = { maxCacheSize: CACHE_BYTES, handleUnhandledError: () => {} };
  const source = new library.ReadableStreamSource(stream, options);
  limitLooks(source as ReadableStreamSource & LookedAt);
  return {
    source,
    failure: () => failure,
    close: async () => void (await chunks.return?.()),
  };
}

function limitLooks(source: LookedAt): void {
  const read = source._read.bind(source);
  let furthestBytes = 0;
  let lookCount = 0;
  source._read = (startBytes, endBytes, ...bounds) => {
    lookCount = endBytes > furthestBytes ? 0 : lookCount + 1;
    furthestBytes = Math.max(furthestBytes, endBytes);
    if (lookCount > MAX_LOOKS) throw new Error("the same bytes are looked at again and again");
    return read(startBytes, endBytes, ...bounds);
  };
}
