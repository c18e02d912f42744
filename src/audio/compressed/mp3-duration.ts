/**
 * How long an MP3 file is. Nothing but a walk over its frames tells: files are put end to end, bit
 * rates vary without a word in front, and downloads break off.
 */
import type { ChunkReader } from "../chunk-reader.ts";
import { Mp3Frames } from "./decoding/mp3-frames.ts";

/**
 * Adds up the frames from the reader's place on, in constant memory: those that the decoder will be
 * given, less what it takes off at the ends.
 *
 * @returns undefined where not one is found (a "free" bit rate).
 */
export async function mp3DurationMs(reader: ChunkReader): Promise<number | undefined> {
  const frames = new Mp3Frames(() => {});
  for await (const chunk of reader.rest()) frames.add(chunk);
  frames.end();
  return frames.seconds === 0 ? undefined : Math.round(frames.seconds * 1000);
}
