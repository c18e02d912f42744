/** The weights of each output frame, in the memory that the kernel reads. */
import { type LowPass, tabulated } from "./low-pass.ts";

/** The most memory for rows. A ratio that needs more has them made over and over. */
const MAX_ROWS_BYTES = 4 * 1024 * 1024;
/** The fewest rows of a cycle: a call of the kernel makes a cycle's output frames at most. */
const MIN_CYCLE_FRAMES = 16;

/**
 * Rates as a fraction: `up` output frames for `down` input frames. It is in lowest terms, or where
 * those are small (3 to 1) a multiple of them, so that the kernel is not called for every frame.
 */
export interface Ratio {
  readonly up: number;
  readonly down: number;
}

export function ratioOf(fromRate: number, toRate: number): Ratio {
  let [divisor, rest] = [fromRate, toRate];
  while (rest > 0) [divisor, rest] = [rest, divisor % rest];
  const cycles = Math.ceil((MIN_CYCLE_FRAMES * divisor) / toRate);
  return { up: (cycles * toRate) / divisor, down: (cycles * fromRate) / divisor };
}

/** The input frame at or before output frame `n`. */
export function inputFrameOf(n: number, { up, down }: Ratio): number {
  return Math.floor((n * down) / up);
}

/** How many rows are kept at once. */
export function rowCapacity({ up }: Ratio, filter: LowPass): number {
  return Math.min(up, Math.max(1, Math.floor(MAX_ROWS_BYTES / (filter.reachFrames * 8))));
}

/** Fills the rows of output frames `first` to `first + count`, both within one cycle of `up`. */
export type RowFiller = (first: number, count: number) => void;

/**
 * @param rows room for `rowCapacity` rows of twice `reachFrames` weights.
 * @param steps room for as many numbers: the bytes by which the input advances after each row.
 */
export function rowFiller(
  ratio: Ratio,
  filter: LowPass,
  rows: Float32Array,
  steps: Int32Array,
): RowFiller {
  const { reachFrames } = filter;
  const { at } = rowCapacity(ratio, filter) < ratio.up ? tabulated(filter) : filter;
  const weights = new Float64Array(2 * reachFrames);

  function fill(index: number, n: number): void {
    const fraction = ((n * ratio.down) % ratio.up) / ratio.up;
    let sum = 0;
    for (let tap = 0; tap < weights.length; tap++) {
      const weight = at(tap - reachFrames + 1 - fraction);
      weights[tap] = weight;
      sum += weight;
    }
    // A constant input stays what it is, at every phase alike.
    const row = rows.subarray(index * weights.length, (index + 1) * weights.length);
    for (let tap = 0; tap < weights.length; tap++) row[tap] = (weights[tap] ?? 0) / sum;
    steps[index] = (inputFrameOf(n + 1, ratio) - inputFrameOf(n, ratio)) * 4;
  }

  return (first, count) => {
    for (let index = 0; index < count; index++) fill(index, first + index);
  };
}
