/** The 44 bytes before the samples of a plain WAV file. */
import { bytesPerSample, frameBytes } from "../encoding.ts";
import type { AudioFacts, Encoding } from "../types.ts";

export const WAV_HEADER_BYTES = 44;

/** The format tags of the encodings that WAV has. */
const FORMAT_TAGS = {
  u8: 1,
  s16le: 1,
  s24le: 1,
  s32le: 1,
  f32le: 3,
  f64le: 3,
  alaw: 6,
  mulaw: 7,
} as const satisfies Partial<Record<Encoding, number>>;

/** An encoding that a little-endian WAV file can hold. */
export type PlainEncoding = keyof typeof FORMAT_TAGS;

export interface PlainFormat extends Pick<AudioFacts, "sampleRate" | "channels"> {
  readonly encoding: PlainEncoding;
}

/**
 * Writes a header at the start of `view`.
 *
 * @param dataBytes at most 0xFFFFFFFF, which means "to the end of input".
 */
export function writePlainHeader(view: DataView, format: PlainFormat, dataBytes: number): void {
  writeAscii(view, 0, "RIFF");
  view.setUint32(4, Math.min(dataBytes + (dataBytes % 2) + WAV_HEADER_BYTES - 8, 0xffffffff), true);
  writeAscii(view, 8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, FORMAT_TAGS[format.encoding], true);
  view.setUint16(22, format.channels, true);
  view.setUint32(24, format.sampleRate, true);
  view.setUint32(28, format.sampleRate * frameBytes(format), true);
  view.setUint16(32, frameBytes(format), true);
  view.setUint16(34, bytesPerSample(format.encoding) * 8, true);
  writeAscii(view, 36, "data");
  view.setUint32(40, dataBytes, true);
}

function writeAscii(view: DataView, offset: number, text: string): void {
  for (let index = 0; index < text.length; index++) {
    view.setUint8(offset + index, text.charCodeAt(index));
  }
}
