/** Bytes of an encoding to samples at full scale ±1, a channel an array. */
import { ALAW_SAMPLES, MULAW_SAMPLES } from "./companding.ts";
import { frameBytes, type SampleFormat } from "./encoding.ts";
import { wholeFrames } from "./frames.ts";
import { decodePlainWav } from "./plain-wav.ts";
import type { AudioBlock, AudioFacts, Encoding } from "./types.ts";

/** Fills `channelData` from frames; the arrays have room for all of them. */
type Decoder = (frames: Uint8Array, channelData: readonly Float32Array[]) => void;

type BlockFormat = SampleFormat & Pick<AudioFacts, "sampleRate">;

const U8_SAMPLES = Float32Array.from({ length: 256 }, (_, code) => (code - 128) / 128);

const DECODERS: Readonly<Record<Encoding, Decoder>> = {
  u8: fromTable(U8_SAMPLES),
  alaw: fromTable(ALAW_SAMPLES),
  mulaw: fromTable(MULAW_SAMPLES),
  s16le: (frames, channelData) => decodeInt16(frames, channelData, true),
  s16be: (frames, channelData) => decodeInt16(frames, channelData, false),
  s24le: decodeInt24,
  s32le: (frames, channelData) => decodePlainWav(frames, "s32le", channelData),
  f32le: (frames, channelData) => decodePlainWav(frames, "f32le", channelData),
  f64le: (frames, channelData) => decodePlainWav(frames, "f64le", channelData),
};

/**
 * Decodes whole frames into arrays that are there already. Integers are divided by 2^(bits-1),
 * so that 16 and 24 bits come out exact; floats keep their value, beyond ±1 too.
 *
 * @param channelData one array a channel, as long as there are frames.
 */
export function decodeInto(
  frames: Uint8Array,
  encoding: Encoding,
  channelData: readonly Float32Array[],
): void {
  DECODERS[encoding](frames, channelData);
}

/** Decodes whole frames to a block of its own. */
export function decodeFrames(frames: Uint8Array, format: SampleFormat): AudioBlock {
  const frameCount = Math.floor(frames.length / frameBytes(format));
  const channelData = Array.from({ length: format.channels }, () => new Float32Array(frameCount));
  decodeInto(frames, format.encoding, channelData);
  return { channelData };
}

/** Decodes a stream of chunks, cut anywhere, to blocks of at most a second. */
export function decode(
  chunks: AsyncIterable<Uint8Array>,
  format: BlockFormat,
): AsyncGenerator<AudioBlock> {
  return eachBlock(chunks, format, (frames) => decodeFrames(frames, format));
}

/**
 * The same with one set of arrays: a block holds its samples only until the next is asked for.
 * Saves the garbage collector over a gigabyte an hour of 44.1 kHz stereo.
 */
export function decodeReusing(
  chunks: AsyncIterable<Uint8Array>,
  format: BlockFormat,
): AsyncGenerator<AudioBlock> {
  let arrays: Float32Array[] = [];
  return eachBlock(chunks, format, (frames) => {
    const frameCount = frames.length / frameBytes(format);
    if (frameCount > (arrays[0]?.length ?? 0)) {
      arrays = Array.from({ length: format.channels }, () => new Float32Array(frameCount));
    }
    const channelData = arrays.map((array) => array.subarray(0, frameCount));
    decodeInto(frames, format.encoding, channelData);
    return { channelData };
  });
}

async function* eachBlock(
  chunks: AsyncIterable<Uint8Array>,
  format: BlockFormat,
  decodeBlock: (frames: Uint8Array) => AudioBlock,
): AsyncGenerator<AudioBlock> {
  const stepBytes = format.sampleRate * frameBytes(format);
  for await (const frames of wholeFrames(chunks, frameBytes(format))) {
    for (let offset = 0; offset < frames.length; offset += stepBytes) {
      yield decodeBlock(frames.subarray(offset, offset + stepBytes));
    }
  }
}

function decodeInt16(
  frames: Uint8Array,
  channelData: readonly Float32Array[],
  littleEndian: boolean,
): void {
  const view = new DataView(frames.buffer, frames.byteOffset, frames.length);
  const stepBytes = channelData.length * 2;
  for (const [channel, samples] of channelData.entries()) {
    const { length } = samples;
    for (let frame = 0, offset = channel * 2; frame < length; frame++, offset += stepBytes) {
      samples[frame] = view.getInt16(offset, littleEndian) / 32768;
    }
  }
}

function decodeInt24(frames: Uint8Array, channelData: readonly Float32Array[]): void {
  const view = new DataView(frames.buffer, frames.byteOffset, frames.length);
  const stepBytes = channelData.length * 3;
  for (const [channel, samples] of channelData.entries()) {
    const { length } = samples;
    for (let frame = 0, offset = channel * 3; frame < length; frame++, offset += stepBytes) {
      samples[frame] = ((view.getInt8(offset + 2) << 16) | view.getUint16(offset, true)) / 8388608;
    }
  }
}

function fromTable(table: Float32Array): Decoder {
  return (frames, channelData) => {
    const channels = channelData.length;
    for (const [channel, samples] of channelData.entries()) {
      const { length } = samples;
      for (let frame = 0, offset = channel; frame < length; frame++, offset += channels) {
        samples[frame] = table[frames[offset] ?? 0] ?? 0;
      }
    }
  };
}
