/** A cue's lines in pieces that each begin with a word whose time is known. */
import type { Cue } from "../subtitles/cues.ts";

export interface TimedPiece {
  readonly text: string;
  /** When its word is said; undefined for what stands before the first one of a line. */
  readonly startMs?: number;
  readonly endMs?: number;
}

/** Pieces by line, which join to exactly the line. */
export function timedPieces({ lines, words = [] }: Pick<Cue, "lines" | "words">): TimedPiece[][] {
  return lines.map((line, index) => {
    const own = words.filter((word) => word.line === index);
    const first = own[0]?.start ?? line.length;
    const pieces = own.map(({ start, startMs, endMs }, at) => ({
      text: line.slice(start, own[at + 1]?.start ?? line.length),
      startMs,
      endMs,
    }));
    return first === 0 ? pieces : [{ text: line.slice(0, first) }, ...pieces];
  });
}
