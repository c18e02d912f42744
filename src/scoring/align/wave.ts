/**
 * The wave of furthest points: for a number of errors, how far along each diagonal an alignment
 * gets (E. Ukkonen, "Algorithms for approximate string matching", Information and Control 64, 1985).
 * Its work grows with the errors and not with the product of the lengths.
 */
import type { Problem } from "./problem.ts";

/** Less than any row: no alignment with so many errors ends on that diagonal. */
export const UNREACHED = -(2 ** 30);

/** A wave as it was. */
export interface KeptWave {
  /** The diagonal of the first row. */
  readonly lowest: number;
  readonly furthest: Int32Array;
}

/** How far equal tokens lead from a row on a diagonal (hypothesis less reference). */
function slide(problem: Problem, from: number, diagonal: number): number {
  const { reference, hypothesis, row, rows, column, columns } = problem;
  const end = Math.min(rows, columns - diagonal);
  const shift = column + diagonal;
  let at = from;
  while (at < end && reference[row + at] === hypothesis[shift + at]) at += 1;
  return at;
}

/** The furthest row that one more error leads to, before any slide, from three diagonals. */
export function nextRow(
  { rows, columns }: Problem,
  diagonal: number,
  below: number,
  same: number,
  above: number,
): number {
  const substituted = same + 1 <= rows && same + 1 + diagonal <= columns ? same + 1 : UNREACHED;
  const deleted = above + 1 <= rows ? above + 1 : UNREACHED;
  const inserted = below + diagonal <= columns ? below : UNREACHED;
  return Math.max(substituted, deleted, inserted, UNREACHED);
}

/** A wave that is moved on in place, one error at a time. */
export class Wave {
  errors = 0;
  /** The most tokens of both sequences together that any diagonal has behind it. */
  progress: number;
  readonly #problem: Problem;
  /** The row of each diagonal, by its distance from the lowest that there can be. */
  readonly #furthest: Int32Array;
  readonly #zero: number;

  constructor(problem: Problem) {
    this.#problem = problem;
    this.#zero = problem.rows + 1;
    this.#furthest = new Int32Array(problem.rows + problem.columns + 3).fill(UNREACHED);
    const slid = slide(problem, 0, 0);
    this.#furthest[this.#zero] = slid;
    this.progress = 2 * slid;
  }

  get lowest(): number {
    return -Math.min(this.errors, this.#problem.rows);
  }

  get highest(): number {
    return Math.min(this.errors, this.#problem.columns);
  }

  /** @returns the row, or `UNREACHED` */
  at(diagonal: number): number {
    return this.#furthest[this.#zero + diagonal] ?? UNREACHED;
  }

  keep(): KeptWave {
    const { lowest, highest } = this;
    const furthest = this.#furthest.slice(this.#zero + lowest, this.#zero + highest + 1);
    return { lowest, furthest };
  }

  /**
   * One error more, {@link slide} written out: nearly all time goes here. A point beyond the table's edge
   * is put back onto it, which is right for "with so many errors or fewer" and spares every check.
   * Differences and their signs stand for min and max: what is greater can't be foreseen, and branches
   * that are guessed wrong take longer than all the rest.
   */
  advance(): void {
    this.errors += 1;
    const { reference, hypothesis, row, rows, column, columns } = this.#problem;
    const furthest = this.#furthest;
    const zero = this.#zero;
    const { lowest, highest } = this;
    let { progress } = this;
    let below = UNREACHED;
    let same = furthest[zero + lowest] as number;
    for (let diagonal = lowest; diagonal <= highest; diagonal += 1) {
      const above = furthest[zero + diagonal + 1] as number;
      const room = (columns - diagonal - rows) | 0;
      const end = rows + (room & (room >> 31));
      let less = (same - above) | 0;
      let at = same - (less & (less >> 31)) + 1;
      less = (at - below) | 0;
      at -= less & (less >> 31);
      less = (end - at) | 0;
      at += less & (less >> 31);
      const shift = column + diagonal;
      while (at < end && reference[row + at] === hypothesis[shift + at]) at += 1;
      furthest[zero + diagonal] = at;
      less = (progress - 2 * at - diagonal) | 0;
      progress -= less & (less >> 31);
      below = same;
      same = above;
    }
    this.progress = progress;
  }
}
