/** The diagonals that an alignment of few errors keeps to (E. Ukkonen, Information and Control 64, 1985). */
import type { Problem } from "./problem.ts";

/** Diagonals are the columns less the rows behind a point. */
export interface Band {
  readonly lowest: number;
  readonly highest: number;
}

/**
 * Every alignment of at most so many errors stays in it: each step from one diagonal to the next is
 * an error, and the last diagonal is to be reached as well.
 */
export function bandFor({ rows, columns }: Problem, errors: number): Band {
  const last = columns - rows;
  const spare = Math.max(0, errors - Math.abs(last)) >> 1;
  return { lowest: Math.min(0, last) - spare, highest: Math.max(0, last) + spare };
}
