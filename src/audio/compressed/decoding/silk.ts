/**
 * SILK by silk-wasm, which takes whole files: it is given short ones, each with some packets of the
 * one before in front, whose sound is thrown away when they have warmed the decoder up.
 */
import type { AudioFacts } from "../../types.ts";
import { type Decoded, joined, loaded, NOTHING, type Note, type StreamDecoder } from "./decoder.ts";
import { PendingBytes } from "./pending.ts";
import { quietly } from "./quiet.ts";

const MAGIC = Buffer.from("#!SILK_V3");
const TENCENT_MARK = 0x02;
/** The library takes files with Tencent's mark alone. */
const FILE_START = Buffer.concat([Buffer.of(TENCENT_MARK), MAGIC]);
const END_MARK = 0xffff;
/** Five frames of MAX_ARITHM_BYTES (SDK, SKP_Silk_define.h). */
const MAX_PACKET_BYTES = 5 * 1024;
/**
 * Ten seconds of usual packets. The library makes a new instance for each stretch, which waits for the
 * garbage collector: with twenty seconds three hours take 213 MB instead of 148.
 */
const STRETCH_PACKETS = 500;
/**
 * One second. The difference from a file decoded whole is then 53 dB below the sound, the noise that
 * the decoder makes up; without, clicks of 13 dB.
 */
const WARM_UP_PACKETS = 50;
/** What is tried alone where a stretch fails: a second of usual packets. */
const RETRY_PACKETS = 50;

/** @throws MissingDecoder */
export async function openSilk(facts: AudioFacts, note: Note): Promise<StreamDecoder> {
  const silk = await loaded(() => import("silk-wasm"));
  const pending = new PendingBytes();
  let packets: Uint8Array[] = [];
  let warmUpCount = 0;
  let isPastMagic = false;
  let hasEnded = false;

  function takePackets(): void {
    const bytes = Buffer.from(pending.bytes);
    let offset = 0;
    while (!hasEnded && bytes.length - offset >= 2) {
      const sizeBytes = bytes.readUInt16LE(offset);
      if (sizeBytes === END_MARK) hasEnded = true;
      else if (sizeBytes > MAX_PACKET_BYTES) {
        // Sizes are all that holds the file together: behind a wrong one nothing can be found.
        note("damaged");
        hasEnded = true;
      } else {
        const end = offset + 2 + sizeBytes;
        if (end > bytes.length) break;
        packets.push(bytes.subarray(offset, end));
        offset = end;
      }
    }
    pending.drop(hasEnded ? pending.bytes.length : offset);
  }

  /** Decodes what has been gathered, and keeps the end of it for the next stretch. */
  async function decodeStretch(): Promise<Decoded> {
    if (packets.length <= warmUpCount) return NOTHING;
    const decoded = await decodePackets(packets, warmUpCount).catch(() => decodePieces());
    packets = packets.slice(-WARM_UP_PACKETS);
    warmUpCount = packets.length;
    return decoded;
  }

  /** A packet that the decoder does not get over costs the second around it. */
  async function decodePieces(): Promise<Decoded> {
    const pieces: Decoded[] = [];
    note("damaged");
    for (let start = warmUpCount; start < packets.length; start += RETRY_PACKETS) {
      const piece = packets.slice(start, start + RETRY_PACKETS);
      pieces.push(await decodePackets(piece, 0).catch(() => NOTHING));
    }
    return joined(pieces);
  }

  async function decodePackets(
    chosen: readonly Uint8Array[],
    droppedCount: number,
  ): Promise<Decoded> {
    const { sampleRate } = facts;
    const file = Buffer.concat([FILE_START, ...chosen]);
    const { data } = await quietly(() => silk.decode(file, sampleRate));
    const pcm = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    const frameCount = pcm.length >> 1;
    const firstFrame = Math.round((frameCount * droppedCount) / chosen.length);
    const samples = new Float32Array(frameCount - firstFrame);
    for (let frame = 0; frame < samples.length; frame++) {
      samples[frame] = pcm.readInt16LE((firstFrame + frame) * 2) / 32_768;
    }
    return { channelData: [samples], sampleRate };
  }

  return {
    async decode(chunk) {
      if (hasEnded) return NOTHING;
      pending.add(chunk);
      if (!isPastMagic) {
        if (pending.bytes.length < MAGIC.length + 1) return NOTHING;
        pending.drop(MAGIC.length + (pending.bytes[0] === TENCENT_MARK ? 1 : 0));
        isPastMagic = true;
      }
      takePackets();
      return packets.length - warmUpCount < STRETCH_PACKETS ? NOTHING : decodeStretch();
    },
    async flush() {
      if (!hasEnded && pending.bytes.length > 0) note("cut-short");
      return decodeStretch();
    },
    free() {
      packets = [];
    },
  };
}
