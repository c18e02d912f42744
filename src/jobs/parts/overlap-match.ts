/** Finds what the end of one list of tokens and the beginning of another have in common. */
import type { Token } from "./overlap-tokens.ts";

/** Where two lists say the same, as positions in them. */
export interface Match {
  readonly earlier: number;
  readonly later: number;
  /** Who has the word whole: the earlier lacks the end of its last, the later the beginning of its first. */
  readonly whole: "both" | "earlier" | "later";
}

const SAME = 2;
/** A single character and "the" are soon the same by chance. */
const SAME_SHORT = 1;
const SHORT_LENGTH = 3;
/** What all that is the same must be worth, less what is dropped for it. */
const LEAST_WORTH = 0.75;
/** A word that lacks its end, or its beginning: "understa", "standing". */
const MANGLED_SAME = 1;
const MANGLED_SHORT = 0.5;
const DIFFERENT = -1;
const SKIPPED = -0.75;
/** The word at the very cut may be mangled past knowing, or heard on one side only. */
const MANGLED = -0.25;
/** Measured times of one word may differ so much between two parts. */
const SAME_TIME_MS = 700;

/**
 * The best way to lay the beginning of `later` upon the end of `earlier`: what comes before in the
 * one and after in the other is free. Undefined where too little is the same to be no chance.
 *
 * @returns the pairs of words that are the same, in order; never empty
 */
export function matchOverlap(
  earlier: readonly Token[],
  later: readonly Token[],
): Match[] | undefined {
  const rows = earlier.length;
  const columns = later.length;
  const width = columns + 1;
  const scores = new Float64Array((rows + 1) * width);
  /** 1: a pair, 2: only in the earlier, 3: only in the later, 0: the common stretch begins. */
  const steps = new Uint8Array((rows + 1) * width);
  const scoreAt = (row: number, column: number): number => scores[row * width + column] ?? 0;
  for (let column = 1; column <= columns; column++) {
    for (let row = 0; row <= rows; row++) {
      const cell = row * width + column;
      const lonely = column === 1 ? MANGLED : SKIPPED;
      let best = scoreAt(row, column - 1) + lonely;
      let step = 3;
      const a = earlier[row - 1];
      const b = later[column - 1];
      if (a !== undefined && b !== undefined) {
        const pair = scoreAt(row - 1, column - 1) + alike(a, b, row === rows, column === 1);
        const skip = scoreAt(row - 1, column) + (row === rows ? MANGLED : SKIPPED);
        if (pair >= best) [best, step] = [pair, 1];
        if (skip > best) [best, step] = [skip, 2];
      }
      scores[cell] = best;
      steps[cell] = step;
    }
  }
  let last = 0;
  for (let column = 1; column <= columns; column++) {
    if (scoreAt(rows, column) > scoreAt(rows, last)) last = column;
  }
  if (scoreAt(rows, last) < LEAST_WORTH) return undefined;
  const pairs: Match[] = [];
  for (let row = rows, column = last; column > 0; ) {
    const step = steps[row * width + column];
    const a = earlier[row - 1];
    const b = later[column - 1];
    const whole = step === 1 && a && b ? wholeOf(a, b, row === rows, column === 1) : undefined;
    if (whole !== undefined) pairs.push({ earlier: row - 1, later: column - 1, whole });
    if (step !== 3) row--;
    if (step !== 2) column--;
  }
  return pairs.length === 0 ? undefined : pairs.reverse();
}

function alike(a: Token, b: Token, isLast: boolean, isFirst: boolean): number {
  if (a.time !== undefined && b.time !== undefined) {
    const apartMs = Math.abs(a.time.startMs - b.time.startMs);
    if (apartMs > SAME_TIME_MS) return Number.NEGATIVE_INFINITY;
  }
  const isShort = Math.min(a.key.length, b.key.length) <= SHORT_LENGTH;
  const whole = wholeOf(a, b, isLast, isFirst);
  if (whole === "both") return isShort ? SAME_SHORT : SAME;
  if (whole !== undefined) return isShort ? MANGLED_SHORT : MANGLED_SAME;
  return isLast || isFirst ? MANGLED : DIFFERENT;
}

function wholeOf(
  { key: a }: Token,
  { key: b }: Token,
  isLast: boolean,
  isFirst: boolean,
): Match["whole"] | undefined {
  if (a === b) return "both";
  if (isLast && a.length > 1 && b.startsWith(a)) return "later";
  if (isFirst && b.length > 1 && a.endsWith(b)) return "earlier";
  return undefined;
}
