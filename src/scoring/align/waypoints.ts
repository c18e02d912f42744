/**
 * Points that a best alignment goes through, so that a long one can be divided: distances are found for
 * all of the table, some rows of them are kept, and the way is followed back from one to the one above
 * (after D. Hirschberg, CACM 18, 1975). It takes the same time however the errors lie.
 */
import { bandFor } from "./band.ts";
import { type DistanceRow, distanceRows, distancesAlong } from "./distances.ts";
import { backwards, type Problem, type Sequences } from "./problem.ts";

/** A point in a problem, and the errors of a best alignment up to it. */
export interface Waypoint {
  /** Tokens of the reference before it, and of the hypothesis. */
  readonly row: number;
  readonly column: number;
  readonly errors: number;
}

/** The first guess at the errors, as a part of the longer side: a quick pass that bounds them. */
const FIRST_GUESS = 1 / 64;
const STRIP_ROWS = 2048;
/** Of all rows that are kept. */
const MAX_KEPT_BYTES = 32 * 2 ** 20;

function keptRows(problem: Problem, errors: number, tokenKinds: number): DistanceRow[] {
  const { rows } = problem;
  const band = bandFor(problem, errors);
  const width = Math.min(problem.columns, band.highest - band.lowest + 1);
  const leastRows = Math.ceil((rows * width) / MAX_KEPT_BYTES);
  const everyRows = Math.min(Math.max(STRIP_ROWS, leastRows), Math.ceil(rows / 2));
  return distanceRows(problem, band, everyRows, tokenKinds);
}

function lastDistance(rows: readonly DistanceRow[]): number {
  const last = rows.at(-1);
  return last === undefined ? 0 : (distancesAlong(last).at(-1) ?? 0);
}

/** Where on a row above it the way to a point comes from. */
function before(
  { row: end, column, errors }: Waypoint,
  above: DistanceRow,
  { problem, reversed, tokenKinds }: Task,
): Waypoint {
  const { row } = above;
  const known = distancesAlong(above);
  const rows = end - row;
  // Wider until it is found: errors that lie together are rare.
  for (let spare = Math.ceil(rows / 8); ; spare *= 4) {
    const columns = Math.min(column, rows + spare);
    const strip = {
      ...problem,
      row: problem.row + row,
      rows,
      column: problem.column + column - columns,
      columns,
    };
    const band = { lowest: -spare, highest: spare };
    const [way] = distanceRows(backwards(strip, reversed), band, rows, tokenKinds);
    const left = way === undefined ? [] : distancesAlong(way);
    for (const [at, more] of left.entries()) {
      const from = column - (way?.firstColumn ?? 0) - at;
      const upTo = known[from - above.firstColumn];
      // A distance is never too small: whatever adds up to the least lies on a best alignment.
      if (upTo !== undefined && upTo + more === errors) return { row, column: from, errors: upTo };
    }
    if (spare > rows + column) throw new Error("no way leads to a point of the alignment");
  }
}

interface Task {
  readonly problem: Problem;
  /** The whole sequences, read backwards. */
  readonly reversed: Sequences;
  /** One more than the greatest token. */
  readonly tokenKinds: number;
}

/**
 * @param task a problem of two rows at least
 * @param errors of a best alignment; undefined: not known
 * @returns in their order, from one up, the end as the last
 */
export function findWaypoints(task: Task, errors?: number): readonly Waypoint[] {
  const { problem, tokenKinds } = task;
  const { rows, columns } = problem;
  const guess = errors ?? Math.ceil(Math.max(rows, columns) * FIRST_GUESS);
  let kept = keptRows(problem, guess, tokenKinds);
  const most = lastDistance(kept);
  // What was found is an alignment: a best one has no more errors, and stays in their band.
  if (most > guess) kept = keptRows(problem, most, tokenKinds);
  let point: Waypoint = { row: rows, column: columns, errors: lastDistance(kept) };
  const points = [point];
  for (const above of kept.slice(0, -1).reverse()) {
    point = before(point, above, task);
    points.push(point);
  }
  return points.reverse();
}
