/** Which coded tracks can be copied into which containers; the copying itself is in rewrap.ts. */
import type { AudioFacts, Codec, Container } from "../types.ts";

interface Way {
  readonly encoding: Codec;
  readonly from: readonly Container[];
  readonly to: Container;
}

/**
 * ADTS costs no memory; an MP4 file's index is collected until the end (some 80 MB for three hours
 * of AAC at 44.1 kHz).
 */
const WAYS: readonly Way[] = [
  { encoding: "aac", from: ["mp4", "mkv", "aac"], to: "m4a" },
  { encoding: "aac", from: ["mp4", "m4a", "mkv"], to: "aac" },
  { encoding: "opus", from: ["webm", "mkv", "mp4", "m4a"], to: "ogg" },
  { encoding: "vorbis", from: ["webm", "mkv"], to: "ogg" },
  { encoding: "mp3", from: ["mp4", "m4a", "mkv"], to: "mp3" },
  { encoding: "flac", from: ["mkv", "ogg", "mp4", "m4a"], to: "flac" },
];

/** A later start would be lost: decoders let the first sample of a file be at 0. */
const START_SLACK_MS = 50;

/**
 * Whether the track of sound can be copied into a container of that kind with its times right.
 * Reads nothing; the input must be one that can be read anywhere.
 */
export function canRewrap(
  { container, encoding, startMs = 0 }: AudioFacts,
  wanted: Container,
): boolean {
  if (startMs > START_SLACK_MS) return false;
  return WAYS.some(
    (way) => way.to === wanted && way.encoding === encoding && way.from.includes(container),
  );
}
