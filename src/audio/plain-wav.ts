/** Blocks of samples through wav-decoder, which takes whole WAV files. */
import { decode } from "wav-decoder";
import { type PlainEncoding, WAV_HEADER_BYTES, writePlainHeader } from "./wav/plain-header.ts";

/**
 * Decodes whole frames by giving them the plain header that wav-decoder understands. For the
 * rarer encodings: it takes six times as long as a loop of our own, spreads u8 over another scale
 * and has the lowest 24-bit value, -8388608, come out as +1.0.
 */
export function decodePlainWav(
  frames: Uint8Array,
  encoding: PlainEncoding,
  channelData: readonly Float32Array[],
): void {
  const file = new ArrayBuffer(WAV_HEADER_BYTES + frames.length);
  // The rate changes nothing about the samples.
  const format = { encoding, channels: channelData.length, sampleRate: 16_000 };
  writePlainHeader(new DataView(file), format, frames.length);
  new Uint8Array(file, WAV_HEADER_BYTES).set(frames);
  const decoded = decode.sync(file, { symmetric: true }).channelData;
  for (const [channel, samples] of decoded.entries()) channelData[channel]?.set(samples);
}
