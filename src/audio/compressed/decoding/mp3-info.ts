/**
 * The first frame of many MP3 files holds no sound but a tag: how many frames follow, and what the
 * encoder added in front and behind (Gabriel Bouvigne, "MP3 Infotag revision 1").
 */
import type { Mp3Header } from "./mp3-header.ts";

export interface Mp3Info {
  /** Frames of sound; undefined where the tag does not say. */
  readonly frameCount?: number;
  /** Samples that the decoder takes off. */
  readonly trimmedSamples: number;
}

const FLAG_FRAMES = 1;
/** Flags, and how many bytes each announces. */
const FIELDS = [
  [FLAG_FRAMES, 4],
  [2, 4],
  [4, 100],
  [8, 4],
] as const;
/** From the encoder's name to the delay and the padding, 12 bits each. */
const DELAY_OFFSET = 21;
/** What a decoder is late by; LAME does not count it (mpg123, "frame.h", GAPLESS_DELAY). */
const DECODER_DELAY = 529;

/** Undefined where the frame holds sound. @param offset where the frame begins */
export function readMp3Info(
  bytes: Uint8Array,
  offset: number,
  header: Mp3Header,
): Mp3Info | undefined {
  const frame = Buffer.from(bytes.subarray(offset, offset + header.sizeBytes));
  const tag = frame.subarray(header.tagOffset);
  const mark = tag.toString("latin1", 0, 4);
  if (mark !== "Xing" && mark !== "Info") return undefined;
  if (tag.length < 12) return { trimmedSamples: 0 };
  const flags = tag.readUInt32BE(4);
  if ((flags & FLAG_FRAMES) === 0) return { trimmedSamples: 0 };
  const frameCount = tag.readUInt32BE(8);
  const encoder = FIELDS.reduce((at, [flag, size]) => ((flags & flag) === 0 ? at : at + size), 8);
  const { delay, padding } = delaysAt(tag, encoder);
  const trimmedSamples = delay + DECODER_DELAY + Math.max(0, padding - DECODER_DELAY);
  return { frameCount, trimmedSamples };
}

function delaysAt(tag: Buffer, encoder: number): { delay: number; padding: number } {
  const at = encoder + DELAY_OFFSET;
  if (tag.length < at + 3 || tag[encoder] === 0) return { delay: 0, padding: 0 };
  const both = tag.readUIntBE(at, 3);
  return { delay: both >> 12, padding: both & 0xfff };
}
