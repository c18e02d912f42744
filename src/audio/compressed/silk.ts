/**
 * SILK files (Skype's SILK SDK 1.0.9, the format that its encoder writes): `#!SILK_V3`, then
 * packets, each behind its size as 16-bit little endian; a size of -1 may end them. Tencent's
 * recorders put a byte 0x02 in front and leave the end out.
 */
import type { ChunkReader } from "../chunk-reader.ts";
import { damagedError } from "./errors.ts";
import type { CompressedFacts, CompressedInput } from "./input.ts";

const MAGIC = "#!SILK_V3";
const TENCENT_MARK = 0x02;
const END_MARK = 0xffff;
/** Five frames of MAX_ARITHM_BYTES (SDK, SKP_Silk_define.h): no packet is larger. */
const MAX_PACKET_BYTES = 5 * 1024;
/** The encoder's default, and what recorders make; a packet does not say how long it is. */
const PACKET_MS = 20;

/**
 * A packet begins with its sample rate, one of four by a range coder that has just been set up:
 * the first 32 bits, against the steps of `SKP_Silk_SamplingRates_CDF` in its range of 65535
 * (SDK, SKP_Silk_tables_other.c and SKP_Silk_range_coder.c).
 */
const RATE_STEPS = [
  { fromCode: 48_000 * 65_535, sampleRate: 24_000 },
  { fromCode: 32_000 * 65_535, sampleRate: 16_000 },
  { fromCode: 16_000 * 65_535, sampleRate: 12_000 },
];
const LOWEST_RATE = 8000;

/** @throws AsrError kind "audio" where there is no packet behind the magic number. */
export async function readSilkFacts(input: CompressedInput): Promise<CompressedFacts> {
  const { reader, source } = input;
  const [mark] = await reader.peek(1);
  if (mark === TENCENT_MARK) await reader.skip(1);
  const magic = Buffer.from(await reader.read(MAGIC.length)).toString("latin1");
  if (magic !== MAGIC) throw damagedError(input);
  const emptyCount = await skipEmptyPackets(reader);
  if ((await nextPacketBytes(reader)) === undefined) throw damagedError(input);
  const sampleRate = rateOf(await reader.peek(6));
  const packetCount = source.reopenable ? emptyCount + (await countPackets(reader)) : undefined;
  return {
    container: "silk",
    encoding: "silk",
    sampleRate,
    channels: 1,
    ...(packetCount === undefined ? {} : { durationMs: packetCount * PACKET_MS }),
  };
}

/** Packets of no bytes stand for silence (discontinuous transmission); they name no rate. */
async function skipEmptyPackets(reader: ChunkReader): Promise<number> {
  let count = 0;
  while ((await nextPacketBytes(reader)) === 0) {
    await reader.skip(2);
    count++;
  }
  return count;
}

/** Whole packets up to the end, or to where a packet should begin and none does. */
async function countPackets(reader: ChunkReader): Promise<number> {
  for (let count = 0; ; count++) {
    const sizeBytes = await nextPacketBytes(reader);
    if (sizeBytes === undefined || !(await reader.skip(2 + sizeBytes))) return count;
  }
}

/** Without the size itself; undefined at the end, or where no packet begins. */
async function nextPacketBytes(reader: ChunkReader): Promise<number | undefined> {
  const size = Buffer.from(await reader.peek(2));
  if (size.length < 2) return undefined;
  const sizeBytes = size.readUInt16LE(0);
  return sizeBytes === END_MARK || sizeBytes > MAX_PACKET_BYTES ? undefined : sizeBytes;
}

/** @param packet its size and its first four bytes; where there are fewer, zeros follow. */
function rateOf(packet: Uint8Array): number {
  const start = Buffer.alloc(6);
  start.set(packet);
  const code = start.readUInt32BE(2);
  return RATE_STEPS.find(({ fromCode }) => code >= fromCode)?.sampleRate ?? LOWEST_RATE;
}
