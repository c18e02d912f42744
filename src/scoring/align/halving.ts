/**
 * Where a best alignment passes the middle of the reference, found by all distances to there and from
 * there (D. Hirschberg, CACM 18, 1975), 32 rows of the table at a time (G. Myers, "A fast bit-vector
 * algorithm", JACM 46, 1999, as H. Hyyrö restated it in 2003). It takes the same time however many the errors.
 */
import type { Meeting } from "./meeting.ts";
import type { Problem } from "./problem.ts";

const BITS = 32;

/** Distances of the first `rows` reference tokens to each beginning of the hypothesis. */
function distancesTo(problem: Problem, rows: number, tokenKinds: number): Int32Array {
  const { reference, hypothesis, row, column, columns } = problem;
  /** For each token where the block of rows has it. */
  const places = new Int32Array(tokenKinds);
  /** What each column grows by along the row above the block: 1, 0 or -1. */
  const growth = new Int8Array(columns).fill(1);
  for (let first = 0; first < rows; first += BITS) {
    const block = reference.subarray(row + first, row + Math.min(rows, first + BITS));
    block.forEach((token, bit) => {
      places[token] = (places[token] as number) | (1 << bit);
    });
    const top = block.length - 1;
    let up = -1;
    let down = 0;
    for (let at = 0; at < columns; at += 1) {
      const equal = places[hypothesis[column + at] as number] as number;
      const carried = growth[at] as number;
      const fewer = carried >>> 31;
      const vertical = equal | down;
      const matched = equal | fewer;
      const across = (((matched & up) + up) ^ up) | matched;
      let right = down | ~(across | up);
      let left = up & across;
      growth[at] = ((right >>> top) & 1) - ((left >>> top) & 1);
      right = (right << 1) | ((carried + 1) >> 1);
      left = (left << 1) | fewer;
      up = left | ~(vertical | right);
      down = right & vertical;
    }
    for (const token of block) places[token] = 0;
  }
  const distances = new Int32Array(columns + 1);
  let distance = rows;
  distances[0] = distance;
  for (let at = 0; at < columns; at += 1) {
    distance += growth[at] as number;
    distances[at + 1] = distance;
  }
  return distances;
}

/**
 * @param reversed the same problem, read backwards
 * @param tokenKinds one more than the greatest token
 */
export function findMiddle(problem: Problem, reversed: Problem, tokenKinds: number): Meeting {
  const rows = problem.rows >> 1;
  const to = distancesTo(problem, rows, tokenKinds);
  const from = distancesTo(reversed, problem.rows - rows, tokenKinds);
  let columns = 0;
  let least = Number.POSITIVE_INFINITY;
  to.forEach((distance, at) => {
    const whole = distance + (from[problem.columns - at] as number);
    if (whole >= least) return;
    least = whole;
    columns = at;
  });
  return { rows, columns };
}
