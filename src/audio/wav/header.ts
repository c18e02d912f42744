/**
 * The container of WAV, read over a stream without seeking (Microsoft and IBM, "Multimedia
 * Programming Interface and Data Specifications 1.0", RIFF; EBU Tech 3306, RF64; ITU-R BS.2088,
 * BW64).
 */
import { audioError } from "../../errors.ts";
import type { ChunkReader } from "../chunk-reader.ts";
import { IN_DS64, isEndless } from "./data-length.ts";
import { damaged, FORMAT_CHUNK_BYTES, readFormat, type WavFormat } from "./format.ts";

/** A WAV header, read up to the first sample. */
export interface WavHeader extends WavFormat {
  readonly container: "wav" | "rf64";
  /** What the header says; infinite: to the end of input. */
  readonly dataBytes: number;
}

/** Chunks that stand beside `data`; by them a missing pad byte and a true length of 0 show. */
const KNOWN_CHUNKS = new Set(
  "JUNK PAD FLLR LIST INFO bext fact cue smpl inst plst iXML axml chna cart umid minf elm1 regn PEAK DISP id3 ID3 acid data fmt ds64 _PMX afsp levl MD5"
    .split(" ")
    .map((id) => id.padEnd(4)),
);

/** More chunks before `data` than any writer makes. */
const MAX_CHUNKS = 1000;

const DS64_BYTES = 16;

/**
 * Reads a WAV header and leaves the reader at the first sample.
 *
 * @throws AsrError kind "audio" where the header is cut short or damaged, or the samples are
 *   written in a way that is not decoded here.
 */
export async function readWavHeader(reader: ChunkReader, name: string): Promise<WavHeader> {
  const riff = await reader.read(12);
  if (riff.length < 12) throw cutShort(name, `it has ${riff.length} of the first 12 bytes`);
  const magic = asciiAt(riff, 0);
  const littleEndian = magic !== "RIFX";
  const container = magic === "RF64" || magic === "BW64" ? "rf64" : "wav";
  let format: WavFormat | undefined;
  let longDataBytes: number | undefined;
  for (let count = 0; count < MAX_CHUNKS; count++) {
    const { id, sizeBytes } = await readChunkHeader(reader, littleEndian, name, format);
    if (id === "data") {
      if (format === undefined) throw damaged(name, "its samples come before their format");
      const dataBytes = await trueDataBytes(reader, sizeBytes, longDataBytes);
      return { container, ...format, dataBytes };
    }
    const startBytes = reader.positionBytes;
    if (id === "fmt ") {
      const chunk = await reader.read(Math.min(sizeBytes, FORMAT_CHUNK_BYTES));
      format = readFormat(chunk, littleEndian, name);
    } else if (id === "ds64") {
      longDataBytes = readLongDataBytes(await reader.read(Math.min(sizeBytes, DS64_BYTES)));
    }
    await skipRest(reader, startBytes + sizeBytes, sizeBytes % 2 === 1, name);
  }
  throw damaged(name, `it has ${MAX_CHUNKS} chunks and no samples among them`);
}

async function readChunkHeader(
  reader: ChunkReader,
  littleEndian: boolean,
  name: string,
  format: WavFormat | undefined,
): Promise<{ id: string; sizeBytes: number }> {
  const header = await reader.read(8);
  if (header.length < 8) {
    const found = format === undefined ? "its format and its samples" : "its samples";
    throw cutShort(name, `it ends before ${found}`);
  }
  const id = asciiAt(header, 0);
  if (!/^[\x20-\x7e]{4}$/.test(id)) {
    const hex = Buffer.from(header.subarray(0, 4)).toString("hex");
    throw damaged(name, `it has bytes ${hex} where the name of a chunk should stand`);
  }
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  return { id, sizeBytes: view.getUint32(4, littleEndian) };
}

/** Chunks of odd size are followed by a pad byte, which some writers forget. */
async function skipRest(
  reader: ChunkReader,
  endBytes: number,
  padded: boolean,
  name: string,
): Promise<void> {
  const complete = await reader.skip(endBytes - reader.positionBytes);
  if (!complete) throw cutShort(name, "it ends inside a chunk before its samples");
  if (padded && !(await standsAtChunk(reader))) await reader.skip(1);
}

async function standsAtChunk(reader: ChunkReader): Promise<boolean> {
  const next = await reader.peek(4);
  return next.length === 4 && KNOWN_CHUNKS.has(asciiAt(next, 0));
}

/** The 64-bit length of `data`; 0 and all ones are what a writer to a pipe leaves there. */
function readLongDataBytes(chunk: Uint8Array): number | undefined {
  if (chunk.length < DS64_BYTES) return undefined;
  const length = new DataView(chunk.buffer, chunk.byteOffset).getBigUint64(8, true);
  return length > 0n && length <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(length) : undefined;
}

/** The length of `data`, where it can be believed; infinite: to the end of input. */
async function trueDataBytes(
  reader: ChunkReader,
  sizeBytes: number,
  longDataBytes: number | undefined,
): Promise<number> {
  if (sizeBytes === IN_DS64 && longDataBytes !== undefined) return longDataBytes;
  if (isEndless(sizeBytes)) return Number.POSITIVE_INFINITY;
  if (sizeBytes > 0) return sizeBytes;
  return (await standsAtChunk(reader)) ? 0 : Number.POSITIVE_INFINITY;
}

function asciiAt(bytes: Uint8Array, offset: number): string {
  return Buffer.from(bytes.subarray(offset, offset + 4)).toString("latin1");
}

function cutShort(name: string, reason: string): Error {
  return audioError(
    `${name}: its WAV header is cut short`,
    "copy or download it again; it is not whole",
    reason,
  );
}
