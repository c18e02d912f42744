/**
 * AMR files (RFC 4867, 5): a magic number says narrow or wide band, then frames of 20 ms follow,
 * each behind a byte that says its size. Files of several channels have another magic number;
 * they are not read.
 */
import type { ChunkReader } from "../chunk-reader.ts";
import { damagedError } from "./errors.ts";
import type { CompressedFacts, CompressedInput } from "./input.ts";

interface Band {
  readonly magic: string;
  readonly sampleRate: number;
  /**
   * Bytes of a frame of each type, its first byte included; the types between are reserved
   * (3GPP TS 26.101, table 1a and annex A; TS 26.201, table 2 and annex A).
   */
  readonly frameBytes: readonly (number | undefined)[];
}

const RESERVED = [undefined, undefined, undefined];

const BANDS: readonly Band[] = [
  {
    magic: "#!AMR\n",
    sampleRate: 8000,
    frameBytes: [13, 14, 16, 18, 20, 21, 27, 32, 6, 7, 6, 6, ...RESERVED, 1],
  },
  {
    magic: "#!AMR-WB\n",
    sampleRate: 16_000,
    frameBytes: [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, ...RESERVED, undefined, 1, 1],
  },
];

const FRAME_MS = 20;
/** The longer magic number and the first byte of a frame. */
const LONGEST_START = 10;

/** @throws AsrError kind "audio" where there is no frame behind a magic number. */
export async function readAmrFacts(input: CompressedInput): Promise<CompressedFacts> {
  const { reader, source } = input;
  const start = Buffer.from(await reader.peek(LONGEST_START)).toString("latin1");
  const band = BANDS.find(({ magic }) => start.startsWith(magic));
  if (band === undefined) throw damagedError(input);
  await reader.skip(band.magic.length);
  if ((await nextFrameBytes(reader, band)) === undefined) throw damagedError(input);
  return {
    container: "amr",
    encoding: "amr",
    sampleRate: band.sampleRate,
    channels: 1,
    ...(source.reopenable ? { durationMs: (await countFrames(reader, band)) * FRAME_MS } : {}),
  };
}

/** Whole frames up to the end, or to where a frame should begin and none does. */
async function countFrames(reader: ChunkReader, band: Band): Promise<number> {
  for (let count = 0; ; count++) {
    const sizeBytes = await nextFrameBytes(reader, band);
    if (sizeBytes === undefined || !(await reader.skip(sizeBytes))) return count;
  }
}

/** By the frame type in bits 3 to 6; undefined at the end or where no frame begins (5.3). */
async function nextFrameBytes(reader: ChunkReader, band: Band): Promise<number | undefined> {
  const [first] = await reader.peek(1);
  return first === undefined ? undefined : band.frameBytes[(first >> 3) & 15];
}
