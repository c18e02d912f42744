/**
 * Speex in Ogg (Speex manual, "Ogg file format"; RFC 3533, 6): the first packet is a header of 80
 * bytes, and the granule position of the last page says how many samples there are.
 */
import type { ChunkReader } from "../chunk-reader.ts";
import { damagedError } from "./errors.ts";
import type { CompressedFacts, CompressedInput } from "./input.ts";

const PAGE_HEADER_BYTES = 27;
const GRANULE_OFFSET = 6;
const SEGMENT_COUNT_OFFSET = 26;
/** A page of one packet: the header and a table of one size. */
const FIRST_PACKET_OFFSET = PAGE_HEADER_BYTES + 1;

const SPEEX_HEADER_BYTES = 80;
const RATE_OFFSET = 36;
const CHANNELS_OFFSET = 48;
const MIN_RATE = 2000;
const MAX_RATE = 48_000;

/** Whether an Ogg file begins with Speex. */
export async function isOggSpeex(reader: ChunkReader): Promise<boolean> {
  const head = Buffer.from(await reader.peek(FIRST_PACKET_OFFSET + 8));
  return head.toString("latin1", FIRST_PACKET_OFFSET) === "Speex   ";
}

/** @throws AsrError kind "audio" where the header is cut short or says what can't be. */
export async function readSpeexFacts(input: CompressedInput): Promise<CompressedFacts> {
  const { reader, source } = input;
  const head = Buffer.from(await reader.peek(FIRST_PACKET_OFFSET + SPEEX_HEADER_BYTES));
  const header = head.subarray(FIRST_PACKET_OFFSET);
  if (header.length < SPEEX_HEADER_BYTES) throw damagedError(input);
  const sampleRate = header.readInt32LE(RATE_OFFSET);
  const channels = header.readInt32LE(CHANNELS_OFFSET);
  const isPossible = sampleRate >= MIN_RATE && sampleRate <= MAX_RATE;
  if (!isPossible || (channels !== 1 && channels !== 2)) throw damagedError(input);
  return {
    container: "ogg",
    encoding: "speex",
    sampleRate,
    channels,
    ...(source.reopenable ? { durationMs: await durationMs(reader, sampleRate) } : {}),
  };
}

/** By the last whole page; -1 stands for a page on which no packet ends. */
async function durationMs(reader: ChunkReader, sampleRate: number): Promise<number> {
  let sampleCount = 0;
  for (;;) {
    const header = Buffer.from(await reader.read(PAGE_HEADER_BYTES));
    if (header.length < PAGE_HEADER_BYTES || header.toString("latin1", 0, 4) !== "OggS") break;
    const lengths = await reader.read(header.readUInt8(SEGMENT_COUNT_OFFSET));
    const bodyBytes = lengths.reduce((sum, length) => sum + length, 0);
    if (!(await reader.skip(bodyBytes))) break;
    sampleCount = Math.max(sampleCount, Number(header.readBigInt64LE(GRANULE_OFFSET)));
  }
  const durationMs = Math.round((sampleCount * 1000) / sampleRate);
  return Number.isSafeInteger(durationMs) ? durationMs : 0;
}
