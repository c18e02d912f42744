/**
 * Where an alignment from the beginning and one from the end meet, so that a long one can be
 * divided (E. Myers, "An O(ND) difference algorithm and its variations", Algorithmica 1, 1986, section
 * 4b; here with substitutions).
 */
import type { Problem } from "./problem.ts";
import { UNREACHED, Wave } from "./wave.ts";

/** A point that a best alignment goes through. */
export interface Meeting {
  /** Tokens of the reference before it, and of the hypothesis. */
  readonly rows: number;
  readonly columns: number;
  /** Errors of a best alignment up to it, and from it on. */
  readonly errorsBefore: number;
  readonly errorsAfter: number;
}

/**
 * @param reversed the same problem, read backwards
 * @returns undefined where it takes more than `maxErrors`
 */
export function findMeeting(
  problem: Problem,
  reversed: Problem,
  maxErrors: number,
): Meeting | undefined {
  const there = new Wave(problem);
  const back = new Wave(reversed);
  while (there.errors + back.errors <= maxErrors) {
    const met = meetingOf(there, back, problem);
    if (met !== undefined) return met;
    (there.errors === back.errors ? there : back).advance();
  }
  return undefined;
}

function meetingOf(there: Wave, back: Wave, { rows, columns }: Problem): Meeting | undefined {
  if (there.progress + back.progress < rows + columns) return undefined;
  const offset = columns - rows;
  // Of the diagonals of one, those that the other has reached too.
  const lowest = Math.max(there.lowest, offset - back.highest);
  const highest = Math.min(there.highest, offset - back.lowest);
  for (let diagonal = lowest; diagonal <= highest; diagonal += 1) {
    const reached = there.at(diagonal);
    const left = back.at(offset - diagonal);
    if (left === UNREACHED || reached < rows - left) continue;
    return {
      rows: rows - left,
      columns: rows - left + diagonal,
      errorsBefore: there.errors,
      errorsAfter: back.errors,
    };
  }
  return undefined;
}
