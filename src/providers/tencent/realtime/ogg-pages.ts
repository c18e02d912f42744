/**
 * Speex in Ogg, cut at pages (RFC 3533, 6): a page holds whole packets, and its granule position
 * says how many samples there are up to its end (Speex manual, "Ogg file format").
 */
import { audioError } from "../../../errors.ts";
import type { AudioUnit } from "./audio-unit.ts";
import type { ByteReader } from "./byte-reader.ts";

const HEADER_BYTES = 27;
const GRANULE_OFFSET = 6;
const SEGMENT_COUNT_OFFSET = 26;

/**
 * Each page; header and comment go with the first page of audio. A page that is cut short at the
 * end is left out.
 *
 * @param sampleRate In Hz.
 * @throws AsrError kind "audio" where a page does not begin as one.
 */
export async function* oggPages(reader: ByteReader, sampleRate: number): AsyncGenerator<AudioUnit> {
  let headers = Buffer.alloc(0);
  let heardSamples = 0;
  for (;;) {
    const page = await nextPage(reader);
    if (page === undefined) return;
    // -1: no packet ends on this page.
    const granule = Number(page.readBigInt64LE(GRANULE_OFFSET));
    if (granule <= 0 && heardSamples === 0) {
      headers = Buffer.concat([headers, page]);
      continue;
    }
    const samples = Math.max(0, granule - heardSamples);
    heardSamples += samples;
    const bytes = Buffer.concat([headers, page]);
    headers = Buffer.alloc(0);
    yield { bytes, durationMs: (samples / sampleRate) * 1000 };
  }
}

async function nextPage(reader: ByteReader): Promise<Buffer | undefined> {
  const header = Buffer.from(await reader.take(HEADER_BYTES));
  if (header.length < HEADER_BYTES) return undefined;
  if (header.toString("latin1", 0, 4) !== "OggS") {
    throw audioError("the Ogg file is damaged", "check that it plays", "a page has no signature");
  }
  const segmentCount = header[SEGMENT_COUNT_OFFSET] ?? 0;
  const lengths = await reader.take(segmentCount);
  const bodyBytes = lengths.reduce((sum, length) => sum + length, 0);
  const body = await reader.take(bodyBytes);
  if (lengths.length < segmentCount || body.length < bodyBytes) return undefined;
  return Buffer.concat([header, lengths, body]);
}
