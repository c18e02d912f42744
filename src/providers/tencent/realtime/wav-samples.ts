/** Finds the samples of a RIFF/WAVE file (Microsoft, "Multimedia Programming Interface", 1991). */
import { audioError } from "../../../errors.ts";
import type { ByteReader } from "./byte-reader.ts";

const HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
/** Sizes of writers who could not know: pipes, and RF64. */
const UNKNOWN_SIZES: readonly number[] = [0, 0xffff_ffff];

/**
 * Passes over everything before the samples.
 *
 * @returns how many bytes of samples follow; infinite: all that comes.
 * @throws AsrError kind "audio" where there are none.
 */
export async function seekWavSamples(reader: ByteReader): Promise<number> {
  const head = Buffer.from(await reader.take(HEADER_BYTES)).toString("latin1");
  const isWave = ["RIFF", "RF64", "BW64"].includes(head.slice(0, 4)) && head.endsWith("WAVE");
  if (!isWave) throw damaged("it does not begin as WAV does");
  for (;;) {
    const chunk = Buffer.from(await reader.take(CHUNK_HEADER_BYTES));
    if (chunk.length < CHUNK_HEADER_BYTES) throw damaged("it ends before its samples");
    const sizeBytes = chunk.readUInt32LE(4);
    if (chunk.toString("latin1", 0, 4) === "data") {
      return UNKNOWN_SIZES.includes(sizeBytes) ? Number.POSITIVE_INFINITY : sizeBytes;
    }
    // Chunks begin at even offsets.
    await reader.skip(sizeBytes + (sizeBytes % 2));
  }
}

function damaged(reason: string) {
  return audioError("the WAV file is damaged", "check that it plays, and write it again", reason);
}
