/** Tells headerless samples from compressed audio that begins without a tag. */
import type { ChunkReader } from "./chunk-reader.ts";
import { readMp3Header } from "./compressed/decoding/mp3-header.ts";
import type { Content } from "./sniff.ts";

/** Three frames of the largest that MPEG audio usually has: 130 ms of 16 kHz speech. */
const LOOK_BYTES = 4096;
const FRAMES = 3;
const ADTS_HEADER_BYTES = 7;

type ReadFrame = (bytes: Uint8Array, offset: number) => Frame | undefined;

interface Frame {
  readonly sizeBytes: number;
  /** What all frames of a stream have in common. */
  readonly kind: number;
}

const FRAME_READERS: Readonly<Record<string, ReadFrame>> = { mp3: readMp3Header, aac: readAdts };

/**
 * Whether an input that nobody described may be taken for samples. A sample of −1 looks like the
 * beginning of an MP3 frame, and every third recording begins with one: only frames that follow
 * each other are believed.
 */
export async function standsForSamples(reader: ChunkReader, content: Content): Promise<boolean> {
  if (content.id === "unknown") return true;
  const readFrame = FRAME_READERS[content.id];
  if (content.certain || readFrame === undefined) return false;
  return !isRowOfFrames(await reader.peek(LOOK_BYTES), readFrame);
}

function isRowOfFrames(bytes: Uint8Array, readFrame: ReadFrame): boolean {
  const kind = readFrame(bytes, 0)?.kind;
  let offset = 0;
  for (let count = 0; count < FRAMES; count++) {
    // The input is shorter than that.
    if (count > 0 && offset >= bytes.length) break;
    const frame = readFrame(bytes, offset);
    if (frame === undefined || frame.kind !== kind) return false;
    offset += frame.sizeBytes;
  }
  return true;
}

/** A header of ADTS (ISO/IEC 13818-7, 6.2). */
function readAdts(bytes: Uint8Array, offset: number): Frame | undefined {
  const header = bytes.subarray(offset, offset + ADTS_HEADER_BYTES);
  const [sync = 0, layer = 0, profile = 0, high = 0, middle = 0, low = 0] = header;
  if (sync !== 0xff || (layer & 0xf6) !== 0xf0) return undefined;
  const sizeBytes = ((high & 3) << 11) | (middle << 3) | (low >> 5);
  return sizeBytes < ADTS_HEADER_BYTES ? undefined : { sizeBytes, kind: (layer << 8) | profile };
}
