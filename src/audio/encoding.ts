/** How large samples and frames are, and what to call a format in a message. */
import { type AudioFacts, type Codec, ENCODINGS, type Encoding } from "./types.ts";

const SAMPLE_BYTES: Readonly<Record<Encoding, number>> = {
  u8: 1,
  s16le: 2,
  s16be: 2,
  s24le: 3,
  s32le: 4,
  f32le: 4,
  f64le: 8,
  alaw: 1,
  mulaw: 1,
};

/** What decides how bytes become samples. */
export interface SampleFormat extends Pick<AudioFacts, "channels"> {
  readonly encoding: Encoding;
}

/** Whether the bytes of an encoding are samples as they stand, and not compressed. */
export function isSampleEncoding(encoding: Encoding | Codec): encoding is Encoding {
  return ENCODINGS.some((known) => known === encoding);
}

/** Bytes that one sample of one channel takes. */
export function bytesPerSample(encoding: Encoding): number {
  return SAMPLE_BYTES[encoding];
}

/** Bytes that one frame (a sample of every channel) takes. */
export function frameBytes(format: SampleFormat): number {
  return SAMPLE_BYTES[format.encoding] * format.channels;
}

/** How long `frameCount` frames last, in whole milliseconds. */
export function framesToMs(frameCount: number, sampleRate: number): number {
  return Math.round((frameCount * 1000) / sampleRate);
}

/** "stereo 44.1 kHz s16le". */
export function describeFormat(
  format: Pick<AudioFacts, "encoding" | "channels" | "sampleRate">,
): string {
  return `${describeChannels(format.channels)} ${format.sampleRate / 1000} kHz ${format.encoding}`;
}

function describeChannels(channels: number): string {
  if (channels === 1) return "mono";
  if (channels === 2) return "stereo";
  return `${channels} channels`;
}
