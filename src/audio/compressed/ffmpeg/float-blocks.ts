/** Bytes of interleaved 32-bit floats, little endian, as blocks. */
import { endianness } from "node:os";
import type { AudioBlock, AudioFacts } from "../../types.ts";

const SAMPLE_BYTES = 4;
const IS_LITTLE_ENDIAN = endianness() === "LE";

/**
 * Blocks of at most a second, one or more a chunk. Frames that chunks cut in two are put together;
 * what a damaged file decodes to that is no number becomes silence.
 *
 * @returns what the chunks return. A broken last frame is dropped.
 */
export async function* floatBlocks<End>(
  chunks: AsyncGenerator<Uint8Array, End>,
  { channels, sampleRate }: Pick<AudioFacts, "channels" | "sampleRate">,
): AsyncGenerator<AudioBlock, End> {
  const frameBytes = channels * SAMPLE_BYTES;
  let broken: Uint8Array = new Uint8Array(0);
  try {
    for (;;) {
      const next = await chunks.next();
      if (next.done) return next.value;
      const bytes = broken.length === 0 ? next.value : Buffer.concat([broken, next.value]);
      const frameCount = Math.floor(bytes.length / frameBytes);
      for (let frame = 0; frame < frameCount; frame += sampleRate) {
        const end = Math.min(frameCount, frame + sampleRate);
        yield blockOf(bytes.subarray(frame * frameBytes, end * frameBytes), channels);
      }
      broken = bytes.subarray(frameCount * frameBytes);
    }
  } finally {
    await chunks.return(undefined as never);
  }
}

function blockOf(bytes: Uint8Array, channels: number): AudioBlock {
  const interleaved = floatsOf(bytes);
  const frameCount = interleaved.length / channels;
  const channelData = Array.from({ length: channels }, (_, channel) => {
    const samples = new Float32Array(frameCount);
    for (let frame = 0, at = channel; frame < frameCount; frame++, at += channels) {
      const value = interleaved[at] ?? 0;
      // Infinite minus infinite, or not a number, is never 0.
      samples[frame] = value - value === 0 ? value : 0;
    }
    return samples;
  });
  return { channelData };
}

/** In place where the bytes lie right for that. */
function floatsOf(bytes: Uint8Array): Float32Array {
  const isAligned = bytes.byteOffset % SAMPLE_BYTES === 0;
  const { buffer, byteOffset, length } = isAligned ? bytes : new Uint8Array(bytes);
  if (IS_LITTLE_ENDIAN) return new Float32Array(buffer, byteOffset, length / SAMPLE_BYTES);
  const view = new DataView(buffer, byteOffset, length);
  return Float32Array.from({ length: length / SAMPLE_BYTES }, (_, index) =>
    view.getFloat32(index * SAMPLE_BYTES, true),
  );
}
