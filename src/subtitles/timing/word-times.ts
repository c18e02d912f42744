/** Where a segment's words stand in its text, with the times they were measured at. */
import type { Interval, Word } from "../../transcript/transcript.ts";

/** The text that was cut, and the time in which it is said. */
export interface SaidText extends Interval {
  readonly text: string;
  /** What stands before it and is not said, a name, in UTF-16 code units. */
  readonly prefixLength: number;
  /** None where their times were not measured. */
  readonly words: readonly Word[];
}

/** Offsets in UTF-16 code units of the segment's text. */
export interface PlacedWord extends Interval {
  readonly start: number;
  readonly end: number;
}

/** How much text may stand between two words that recognisers give without it: marks, fillers. */
const NEAR = 40;

/**
 * Finds the words in the text, in order, whatever their case; one that is not there (a number
 * written otherwise) is passed over. Times are put in order and into the segment's bounds.
 */
export function placedWords({ text, prefixLength, words, ...bounds }: SaidText): PlacedWord[] {
  const lower = lowerCase(text);
  const placed: PlacedWord[] = [];
  let cursor = prefixLength;
  let fromMs = bounds.startMs;
  for (const word of words) {
    const wanted = lowerCase(word.text.trim());
    if (wanted === "") continue;
    const start = lower.indexOf(wanted, cursor);
    if (start === -1 || start - cursor > NEAR) continue;
    const end = start + wanted.length;
    const startMs = within(word.startMs, fromMs, bounds.endMs);
    const endMs = within(word.endMs, startMs, bounds.endMs);
    placed.push({ start, end, startMs, endMs });
    cursor = end;
    fromMs = startMs;
  }
  // A word ends when the next one starts, whatever the recogniser says.
  return placed.map((word, index) => {
    const next = placed[index + 1];
    return next === undefined ? word : { ...word, endMs: Math.min(word.endMs, next.startMs) };
  });
}

/** In lower case where that leaves every character in its place. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

function within(ms: number, leastMs: number, mostMs: number): number {
  return Math.max(leastMs, Math.min(ms, mostMs));
}
