/** Cuts audio into slices, and knows which one is the last. */
import type { AudioUnit } from "./audio-unit.ts";

/** What one request carries. */
export interface Slice {
  /** Good until the next slice but one is asked for: the buffers of two take turns. */
  readonly bytes: Uint8Array;
  /** Where it is in the voice, in milliseconds. */
  readonly startMs: number;
  readonly endMs: number;
  readonly isLast: boolean;
}

/**
 * Joins units to slices. A slice leaves when the unit after it is there, so that the last one is
 * known for it (`end=1`) without waiting for a whole further slice. Without units: no slice.
 *
 * @param sliceMs The most audio of a slice (a longer unit is a slice of its own).
 * @param maxBytes The most bytes of a slice.
 */
export async function* slices(
  units: AsyncIterable<AudioUnit>,
  sliceMs: number,
  maxBytes: number,
): AsyncGenerator<Slice> {
  let gathered = new Uint8Array(0);
  let otherGathered = new Uint8Array(0);
  let sizeBytes = 0;
  let startMs = 0;
  let endMs = 0;
  const slice = (isLast: boolean): Slice => ({
    bytes: gathered.subarray(0, sizeBytes),
    startMs: Math.round(startMs),
    endMs: Math.round(endMs),
    isLast,
  });
  for await (const { bytes, durationMs } of units) {
    const isFull =
      endMs - startMs + durationMs > sliceMs + 1e-6 || sizeBytes + bytes.length > maxBytes;
    if (sizeBytes > 0 && isFull) {
      yield slice(false);
      [gathered, otherGathered] = [otherGathered, gathered];
      sizeBytes = 0;
      startMs = endMs;
    }
    if (sizeBytes + bytes.length > gathered.length) {
      const larger = new Uint8Array(2 * (sizeBytes + bytes.length));
      larger.set(gathered.subarray(0, sizeBytes));
      gathered = larger;
    }
    gathered.set(bytes, sizeBytes);
    sizeBytes += bytes.length;
    endMs += durationMs;
  }
  if (sizeBytes > 0) yield slice(true);
}
