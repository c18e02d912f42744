/** The alignment with the fewest errors. */
import { alignDirectly } from "./direct.ts";
import { findMeeting } from "./meeting.ts";
import { backwards, type Problem, type Sequences, wholeProblem } from "./problem.ts";
import { type AlignedRun, RunCollector } from "./runs.ts";
import { findWaypoints, type Waypoint } from "./waypoints.ts";

/** Above it a problem is divided: the waves kept stay under half a megabyte. */
const DIRECT_ERRORS = 300;

/** Waves take longer than the distances within a band where there are more errors, as a part of the table's side. */
const WAVES_PAY = 1 / 45;

/**
 * Aligns two sequences of small numbers (those of {@link numbered}) with the fewest substitutions,
 * deletions and insertions (Levenshtein distance); which of several equal ones is not said. Memory
 * grows with the lengths; time with the square of the errors while those are few, else with the
 * errors times the length. Half a million tokens take some seconds at 10 % of errors.
 */
export function align(reference: Int32Array, hypothesis: Int32Array): readonly AlignedRun[] {
  const runs = new RunCollector();
  const reversed = { reference: reference.toReversed(), hypothesis: hypothesis.toReversed() };
  const greatest = (most: number, token: number): number => Math.max(most, token);
  const tokenKinds = hypothesis.reduce(greatest, reference.reduce(greatest, 0)) + 1;
  divide(wholeProblem({ reference, hypothesis }), { reversed, tokenKinds, runs });
  return runs.runs;
}

interface Task {
  readonly reversed: Sequences;
  readonly tokenKinds: number;
  readonly runs: RunCollector;
}

/** One token of the reference, or none of one of them, which can't be divided further. */
function alignOne(problem: Problem, runs: RunCollector): void {
  const { reference, hypothesis, row, rows, column, columns } = problem;
  if (rows === 0 || columns === 0) {
    runs.add("delete", rows);
    runs.add("insert", columns);
    return;
  }
  const found = hypothesis.subarray(column, column + columns).indexOf(reference[row] as number);
  runs.add("insert", Math.max(0, found));
  runs.add(found === -1 ? "substitute" : "equal", 1);
  runs.add("insert", columns - Math.max(0, found) - 1);
}

/** @param errors of a best alignment; undefined: not known */
function divide(problem: Problem, task: Task, errors?: number): void {
  const { reversed, tokenKinds, runs } = task;
  const { rows, columns } = problem;
  if (rows <= 1 || columns === 0) {
    alignOne(problem, runs);
    return;
  }
  if ((errors ?? 0) <= DIRECT_ERRORS && alignDirectly(problem, DIRECT_ERRORS, runs)) return;
  const maxErrors = Math.sqrt(rows * columns) * WAVES_PAY;
  const met =
    (errors ?? 0) <= maxErrors
      ? findMeeting(problem, backwards(problem, reversed), maxErrors)
      : undefined;
  let from: Waypoint = { row: 0, column: 0, errors: 0 };
  for (const to of met ?? findWaypoints({ problem, reversed, tokenKinds }, errors)) {
    const part = {
      ...problem,
      row: problem.row + from.row,
      rows: to.row - from.row,
      column: problem.column + from.column,
      columns: to.column - from.column,
    };
    divide(part, task, to.errors - from.errors);
    from = to;
  }
}
