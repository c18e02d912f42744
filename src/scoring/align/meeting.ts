/**
 * Where an alignment from the beginning and one from the end meet, so that a long one can be
 * divided (E. Myers, "An O(ND) difference algorithm and its variations", Algorithmica 1, 1986, section
 * 4b; here with substitutions).
 */
import type { Problem } from "./problem.ts";
import { UNREACHED, Wave } from "./wave.ts";
import type { Waypoint } from "./waypoints.ts";

/**
 * @param reversed the same problem, read backwards
 * @returns the point and the end; undefined where it takes more than `maxErrors`
 */
export function findMeeting(
  problem: Problem,
  reversed: Problem,
  maxErrors: number,
): readonly Waypoint[] | undefined {
  const there = new Wave(problem);
  const back = new Wave(reversed);
  while (there.errors + back.errors <= maxErrors) {
    const met = meetingOf(there, back, problem);
    if (met !== undefined) {
      const errors = there.errors + back.errors;
      return [met, { row: problem.rows, column: problem.columns, errors }];
    }
    (there.errors === back.errors ? there : back).advance();
  }
  return undefined;
}

function meetingOf(there: Wave, back: Wave, { rows, columns }: Problem): Waypoint | undefined {
  if (there.progress + back.progress < rows + columns) return undefined;
  const offset = columns - rows;
  // Of the diagonals of one, those that the other has reached too.
  const lowest = Math.max(there.lowest, offset - back.highest);
  const highest = Math.min(there.highest, offset - back.lowest);
  for (let diagonal = lowest; diagonal <= highest; diagonal += 1) {
    const reached = there.at(diagonal);
    const left = back.at(offset - diagonal);
    if (left === UNREACHED || reached < rows - left) continue;
    return { row: rows - left, column: rows - left + diagonal, errors: there.errors };
  }
  return undefined;
}
