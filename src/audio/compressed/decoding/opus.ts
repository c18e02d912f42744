/** Opus by opus-decoder, always at 48 kHz; its head says how (RFC 7845, 5.1). */
import {
  type Decoded,
  frameCountOf,
  loaded,
  type Note,
  type PacketDecoder,
  trimmed,
} from "./decoder.ts";
import { quietly } from "./quiet.ts";

const HEAD_BYTES = 19;
const SURROUND_BYTES = 21;
const MAX_CHANNELS = 8;
/** An output gain of 20 · 256 is a factor of ten (RFC 7845, 5.1, item 5). */
const GAIN_STEPS = 20 * 256;

export interface OpusHead {
  readonly channels: number;
  /** Frames at 48 kHz that only warm the decoder up. */
  readonly preSkip: number;
  readonly gain: number;
  readonly streamCount: number;
  readonly coupledStreamCount: number;
  readonly channelMappingTable: number[];
}

/** Undefined where the head is damaged, or of a mapping that is not for listening. */
export function readOpusHead(bytes: Uint8Array): OpusHead | undefined {
  const head = Buffer.from(bytes);
  if (head.length < HEAD_BYTES || head.toString("latin1", 0, 8) !== "OpusHead") return undefined;
  const channels = head.readUInt8(9);
  const isSurround = head.readUInt8(18) !== 0;
  if (channels < 1 || channels > (isSurround ? MAX_CHANNELS : 2)) return undefined;
  if (isSurround && head.length < SURROUND_BYTES + channels) return undefined;
  return {
    channels,
    preSkip: head.readUInt16LE(10),
    gain: 10 ** (head.readInt16LE(16) / GAIN_STEPS),
    streamCount: isSurround ? head.readUInt8(19) : 1,
    coupledStreamCount: isSurround ? head.readUInt8(20) : channels - 1,
    channelMappingTable: isSurround
      ? [...head.subarray(SURROUND_BYTES, SURROUND_BYTES + channels)]
      : Array.from({ length: channels }, (_, channel) => channel),
  };
}

/** Decodes packets; the first `preSkip` frames are left out. @throws MissingDecoder */
export async function openOpus(head: OpusHead, note: Note): Promise<PacketDecoder> {
  const { channels, streamCount, coupledStreamCount, channelMappingTable, gain } = head;
  const decoder = await loaded(async () => {
    const { OpusDecoder } = await import("opus-decoder");
    const made = new OpusDecoder({
      channels,
      streamCount,
      coupledStreamCount,
      channelMappingTable,
    });
    await made.ready;
    return made;
  });
  let skipFrames = head.preSkip;
  return {
    decode(packets) {
      const sound = packets.filter(
        ({ length }) => length > 0 && length <= maxPacketBytes(channels),
      );
      const { channelData, errors, sampleRate } = quietly(() => decoder.decodeFrames([...sound]));
      if (errors.length > 0 || sound.length < packets.length) note("damaged");
      const decoded = amplified({ channelData, sampleRate }, gain);
      const frameCount = frameCountOf(decoded);
      const skipped = trimmed(decoded, Math.min(skipFrames, frameCount), frameCount);
      skipFrames -= Math.min(skipFrames, frameCount);
      return skipped;
    },
    free: () => quietly(() => decoder.free()),
  };
}

/** The room that the library has for a packet. */
function maxPacketBytes(channels: number): number {
  return 3840 * channels;
}

function amplified(decoded: Decoded, gain: number): Decoded {
  if (gain === 1) return decoded;
  for (const samples of decoded.channelData) {
    for (let frame = 0; frame < samples.length; frame++) {
      samples[frame] = (samples[frame] ?? 0) * gain;
    }
  }
  return decoded;
}
