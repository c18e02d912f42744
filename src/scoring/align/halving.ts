/**
 * Where a best alignment passes the middle of the reference, found by all distances to there and from
 * there (D. Hirschberg, CACM 18, 1975), 32 rows of the table at a time (G. Myers, "A fast bit-vector
 * algorithm", JACM 46, 1999, as H. Hyyrö restated it in 2003), within the diagonals that matter.
 */
import { type Band, bandFor } from "./band.ts";
import type { Meeting } from "./meeting.ts";
import type { Problem } from "./problem.ts";

const BITS = 32;

/** The first guess at the errors, as a part of the longer side: a quick pass that bounds them. */
const FIRST_GUESS = 1 / 64;

interface Distances {
  /** The first of the columns that are known; those before it and after the last are of no use. */
  readonly firstColumn: number;
  readonly distances: Int32Array;
}

/**
 * Distances of the first `rows` reference tokens to each beginning of the hypothesis. What lies
 * outside the band counts as one error more a step, which is never too little: a distance is that of
 * some alignment, and the least one where a best alignment stays in the band.
 */
function distancesTo(problem: Problem, rows: number, band: Band, tokenKinds: number): Distances {
  const { reference, hypothesis, row, column, columns } = problem;
  /** For each token where the block of rows has it. */
  const places = new Int32Array(tokenKinds);
  /** What each column grows by along the row above the block: 1, 0 or -1. */
  const growth = new Int8Array(columns).fill(1);
  /** Of the first column, and its distance below the block. */
  let from = 0;
  let distance = 0;
  let until = 0;
  for (let first = 0; first < rows; first += BITS) {
    const height = Math.min(BITS, rows - first);
    const block = reference.subarray(row + first, row + first + height);
    block.forEach((token, bit) => {
      places[token] = (places[token] as number) | (1 << bit);
    });
    const start = Math.min(columns, Math.max(0, first + band.lowest));
    for (; from < start; from += 1) distance += growth[from] as number;
    distance += height;
    until = Math.min(columns, Math.max(start, first + height + band.highest));
    const top = height - 1;
    let up = -1;
    let down = 0;
    for (let at = start; at < until; at += 1) {
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
  const distances = new Int32Array(until - from + 1);
  distances[0] = distance;
  for (let at = from; at < until; at += 1) {
    distance += growth[at] as number;
    distances[at - from + 1] = distance;
  }
  return { firstColumn: from, distances };
}

/** The best point on the middle row that lies within the band. */
function middleIn(problem: Problem, reversed: Problem, band: Band, tokenKinds: number): Meeting {
  const rows = problem.rows >> 1;
  const to = distancesTo(problem, rows, band, tokenKinds);
  const back = distancesTo(reversed, problem.rows - rows, band, tokenKinds);
  const best = { rows, columns: 0, errorsBefore: 0, errorsAfter: Number.POSITIVE_INFINITY };
  to.distances.forEach((before, at) => {
    const columns = to.firstColumn + at;
    const after = back.distances[problem.columns - columns - back.firstColumn];
    if (after === undefined || before + after >= best.errorsBefore + best.errorsAfter) return;
    Object.assign(best, { columns, errorsBefore: before, errorsAfter: after });
  });
  return best;
}

/**
 * @param reversed the same problem, read backwards
 * @param tokenKinds one more than the greatest token
 * @param errors of a best alignment; undefined: not known
 */
export function findMiddle(
  problem: Problem,
  reversed: Problem,
  tokenKinds: number,
  errors?: number,
): Meeting {
  const guess = errors ?? Math.ceil(Math.max(problem.rows, problem.columns) * FIRST_GUESS);
  const found = middleIn(problem, reversed, bandFor(problem, guess), tokenKinds);
  const most = found.errorsBefore + found.errorsAfter;
  // What was found is an alignment, so that a best one has no more errors, and stays in their band.
  return most <= guess ? found : middleIn(problem, reversed, bandFor(problem, most), tokenKinds);
}
