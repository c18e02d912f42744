/** Live PCM as slices: each chunk is one, sent at once. */
import { MIN_SLICE_MS } from "./limits.ts";
import type { Slice } from "./slices.ts";

const SAMPLE_BYTES = 2;

/**
 * The last slice says that it is, and can't be empty, so of each chunk the last 20 ms wait: they
 * begin the slice of the next one, or are the last slice.
 *
 * @param chunks 16-bit samples, whole ones
 * @param sampleRate In Hz.
 */
export async function* liveSlices(
  chunks: AsyncIterable<Uint8Array>,
  sampleRate: number,
): AsyncGenerator<Slice, void> {
  const heldBytes = Math.round((MIN_SLICE_MS * sampleRate) / 1000) * SAMPLE_BYTES;
  const msOf = (sizeBytes: number) => Math.round((sizeBytes * 1000) / (sampleRate * SAMPLE_BYTES));
  let held: Uint8Array = new Uint8Array(0);
  let startByte = 0;

  function slice(bytes: Uint8Array, isLast: boolean): Slice {
    const endByte = startByte + bytes.length;
    const made = { bytes, startMs: msOf(startByte), endMs: msOf(endByte), isLast };
    startByte = endByte;
    return made;
  }

  for await (const chunk of chunks) {
    const bytes = Buffer.concat([held, chunk]);
    const sentBytes = Math.max(0, bytes.length - heldBytes);
    held = bytes.subarray(sentBytes);
    if (sentBytes > 0) yield slice(bytes.subarray(0, sentBytes), false);
  }
  if (held.length > 0) yield slice(held, true);
}
