/** How ffmpeg and ffprobe are told to read one input, and nothing else. */
import path from "node:path";

/**
 * The largest block of memory that they may ask for: a damaged file can name any size. Enough for
 * the index of a day, and for silence in a hole of eleven minutes (48 kHz, stereo).
 */
const MAX_BLOCK_BYTES = 256 * 1024 * 1024;

/** Words in front of everything: quiet but for errors, no questions. */
export const TOOL_WORDS: readonly string[] = [
  "-hide_banner",
  "-loglevel",
  "error",
  "-max_alloc",
  String(MAX_BLOCK_BYTES),
];

/**
 * The demuxer is named, so that no playlist is followed, and only files, or only the standard
 * input, may be opened. An absolute path behind `file:` is never an option nor another protocol.
 *
 * @param file undefined: the standard input.
 */
export function inputWords(demuxer: string, file: string | undefined): readonly string[] {
  return [
    "-protocol_whitelist",
    file === undefined ? "pipe" : "file",
    "-f",
    demuxer,
    "-i",
    file === undefined ? "pipe:0" : `file:${path.resolve(file)}`,
  ];
}
