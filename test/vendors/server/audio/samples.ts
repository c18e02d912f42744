/** Kept bytes as 16-bit samples, one array a channel. */

/** Sample encodings that a double can hear. */
export type SampleEncoding = "s16le" | "u8" | "s24le" | "s32le" | "f32le";

interface SampleReader {
  readonly bytes: number;
  readonly read: (from: Buffer, at: number) => number;
}

const READERS: Readonly<Record<SampleEncoding, SampleReader>> = {
  s16le: { bytes: 2, read: (from, at) => from.readInt16LE(at) },
  u8: { bytes: 1, read: (from, at) => (from.readUInt8(at) - 128) << 8 },
  s24le: { bytes: 3, read: (from, at) => from.readIntLE(at, 3) >> 8 },
  s32le: { bytes: 4, read: (from, at) => from.readInt32LE(at) >> 16 },
  f32le: {
    bytes: 4,
    read: (from, at) => Math.max(-32768, Math.min(32767, Math.round(from.readFloatLE(at) * 32768))),
  },
};

/** The encoding of a WAV's samples; undefined for those that no double hears (A-law, mu-law). */
export function wavEncoding(formatTag: number, bitsPerSample: number): SampleEncoding | undefined {
  if (formatTag === 3) return bitsPerSample === 32 ? "f32le" : undefined;
  if (formatTag !== 1) return undefined;
  return ({ 8: "u8", 16: "s16le", 24: "s24le", 32: "s32le" } as const)[bitsPerSample];
}

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * One channel of interleaved samples; a frame cut short at the end is left out. May be a view of
 * `samples`: a stream is looked at after each of its slices.
 */
export function channelSamples(
  samples: Buffer,
  encoding: SampleEncoding,
  channels: number,
  channel: number,
): Int16Array {
  const { bytes, read } = READERS[encoding];
  const frameBytes = bytes * channels;
  const frameCount = Math.floor(samples.length / frameBytes);
  if (encoding === "s16le" && channels === 1 && LITTLE_ENDIAN && samples.byteOffset % 2 === 0) {
    return new Int16Array(samples.buffer, samples.byteOffset, frameCount);
  }
  const pcm = new Int16Array(frameCount);
  for (let frame = 0; frame < frameCount; frame += 1) {
    pcm[frame] = read(samples, frame * frameBytes + channel * bytes);
  }
  return pcm;
}
