/** The bytes of an input as mediabunny wants them, and no more of them than a sound file takes. */
import type { CustomSource } from "mediabunny";
import type { RangeReader } from "../types.ts";

type Library = typeof import("mediabunny");

/**
 * What the library may ask for beyond a few times the file: in some damaged files it would look at
 * the same place for ever (1.61.0: a Matroska element with an impossible size).
 */
const SPARE_BYTES = 64 * 1024 * 1024;
const PASSES = 4;
/** What a small read counts as; more, and hours of small packets (Opus in MPEG-4) would be too many. */
const LEAST_READ_BYTES = 128;

export interface MediaBytes {
  readonly source: CustomSource;
  /** What reading threw, if it did: the library may wrap it, or take it for an end. */
  failure(): unknown;
  /** Waits for what is under way. Call it when the library's `Input` has been disposed. */
  settled(): Promise<void>;
}

/** @param bytes closed by whoever opened it, after `settled`. */
export function mediaBytes(
  library: Library,
  bytes: Pick<RangeReader, "read">,
  sizeBytes: number,
): MediaBytes {
  let leftBytes = SPARE_BYTES + PASSES * sizeBytes;
  let failure: unknown;
  const underWay = new Set<Promise<unknown>>();
  const source = new library.CustomSource({
    getSize: () => sizeBytes,
    async read(startBytes, endBytes) {
      leftBytes -= Math.max(LEAST_READ_BYTES, endBytes - startBytes);
      if (leftBytes < 0) throw new Error("the same bytes are read again and again");
      const reading = bytes.read(startBytes, endBytes - startBytes);
      underWay.add(reading);
      try {
        return await reading;
      } catch (error) {
        failure ??= error;
        throw error;
      } finally {
        underWay.delete(reading);
      }
    },
    // With a cache of its own it would go round without ever asking here.
    maxCacheSize: 0,
    handleUnhandledError: () => {},
  });
  return {
    source,
    failure: () => failure,
    settled: async () => void (await Promise.allSettled(underWay)),
  };
}
