/** How long an ADTS file is (ISO/IEC 13818-7, 6.2): nothing but a walk over its frames tells. */
import type { ChunkReader } from "../chunk-reader.ts";

const HEADER_BYTES = 7;
const BLOCK_SAMPLES = 1024;
const ID3_HEADER_BYTES = 10;

/**
 * Adds up the frames from the reader's place on, in constant memory.
 *
 * @returns milliseconds, up to the end or to where a frame should begin and none does.
 */
export async function adtsDurationMs(reader: ChunkReader, sampleRate: number): Promise<number> {
  await skipTags(reader);
  let sampleCount = 0;
  for (;;) {
    const header = Buffer.from(await reader.peek(HEADER_BYTES));
    if (header.length < HEADER_BYTES || (header.readUInt16BE(0) & 0xfff6) !== 0xfff0) break;
    const frameBytes = (header.readUInt32BE(2) >> 5) & 0x1fff;
    if (frameBytes < HEADER_BYTES || !(await reader.skip(frameBytes))) break;
    const blockCount = 1 + (header.readUInt8(6) & 3);
    sampleCount += blockCount * BLOCK_SAMPLES;
  }
  return Math.round((sampleCount * 1000) / sampleRate);
}

/** ID3v2 tags in front (id3.org, "ID3 tag version 2.4.0", 3.1): sizes have 7 bits a byte. */
async function skipTags(reader: ChunkReader): Promise<void> {
  for (;;) {
    const header = Buffer.from(await reader.peek(ID3_HEADER_BYTES));
    if (header.length < ID3_HEADER_BYTES || header.toString("latin1", 0, 3) !== "ID3") return;
    const bodyBytes = header.subarray(6).reduce((size, byte) => size * 128 + (byte & 127), 0);
    await reader.skip(ID3_HEADER_BYTES + bodyBytes);
  }
}
