/**
 * 16-bit mono PCM in pieces: of live audio so short that a slice waits for little beyond its own
 * end; of a recording as long as a slice, since thousands of short ones keep the collector busy.
 */
import type { AudioUnit } from "./audio-unit.ts";
import type { ByteReader } from "./byte-reader.ts";
import { MIN_SLICE_MS } from "./limits.ts";

const SAMPLE_BYTES = 2;

/** How much of a slice the units of PCM fill. */
export function wholeUnitsMs(sliceMs: number): number {
  return sliceMs - (sliceMs % MIN_SLICE_MS);
}

/**
 * @param sampleRate In Hz.
 * @param unitMs A multiple of `MIN_SLICE_MS`.
 * @param sizeBytes Of the samples; infinite: up to the end of the source. Half a sample at the end
 *   is left out.
 */
export async function* pcmUnits(
  reader: ByteReader,
  sampleRate: number,
  unitMs: number,
  sizeBytes: number = Number.POSITIVE_INFINITY,
): AsyncGenerator<AudioUnit> {
  const bytesPerMs = (sampleRate * SAMPLE_BYTES) / 1000;
  const unitBytes = unitMs * bytesPerMs;
  for (let left = sizeBytes; left > 0; ) {
    const piece = await reader.borrow(Math.min(unitBytes, left));
    const bytes = piece.subarray(0, piece.length - (piece.length % SAMPLE_BYTES));
    if (bytes.length > 0) yield { bytes, durationMs: bytes.length / bytesPerMs };
    if (piece.length < unitBytes) return;
    left -= piece.length;
  }
}
