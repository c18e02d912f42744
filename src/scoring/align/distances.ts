/**
 * All distances from the beginning of two stretches, 32 rows of the table at a time (G. Myers, "A fast
 * bit-vector algorithm", JACM 46, 1999, as H. Hyyrö restated it in 2003), within a band of diagonals.
 */
import type { Band } from "./band.ts";
import type { Problem } from "./problem.ts";

const BITS = 32;

/** The distances along one row. */
export interface DistanceRow {
  readonly row: number;
  /** The first of the columns that are known, and its distance. */
  readonly firstColumn: number;
  readonly distance: number;
  /** What each further column grows by: 1, 0 or -1. */
  readonly growth: Int8Array;
}

/**
 * What lies outside the band counts as one error more a step, which is never too little: a distance
 * is that of some alignment, and the least one where a best alignment stays in the band.
 *
 * @param everyRows a row is kept after so many, and the last
 * @param tokenKinds one more than the greatest token
 */
export function distanceRows(
  { reference, hypothesis, row, rows, column, columns }: Problem,
  band: Band,
  everyRows: number,
  tokenKinds: number,
): DistanceRow[] {
  const kept: DistanceRow[] = [];
  /** For each token where the block of rows has it. */
  const places = new Int32Array(tokenKinds);
  /** Along the row above the block. */
  const growth = new Int8Array(columns).fill(1);
  let firstColumn = 0;
  let distance = 0;
  let height = 0;
  for (let first = 0; first < rows; first += height) {
    height = Math.min(BITS, rows - first, everyRows - (first % everyRows));
    const block = reference.subarray(row + first, row + first + height);
    block.forEach((token, bit) => {
      places[token] = (places[token] as number) | (1 << bit);
    });
    const start = Math.min(columns, Math.max(0, first + band.lowest));
    for (; firstColumn < start; firstColumn += 1) distance += growth[firstColumn] as number;
    distance += height;
    const end = Math.min(columns, Math.max(start, first + height + band.highest));
    const top = height - 1;
    let up = -1;
    let down = 0;
    for (let at = start; at < end; at += 1) {
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
    const below = first + height;
    if (below % everyRows !== 0 && below !== rows) continue;
    kept.push({ row: below, firstColumn, distance, growth: growth.slice(start, end) });
  }
  return kept;
}

/** The distances themselves, of the first known column and those after it. */
export function distancesAlong({ distance, growth }: DistanceRow): Int32Array {
  const distances = new Int32Array(growth.length + 1);
  distances[0] = distance;
  growth.forEach((more, at) => {
    distances[at + 1] = (distances[at] as number) + more;
  });
  return distances;
}
