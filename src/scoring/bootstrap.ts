/**
 * How sure a pooled rate is: the percentile bootstrap over files (M. Bisani and H. Ney, "Bootstrap
 * estimates for confidence intervals in ASR performance evaluation", ICASSP 2004). Files are drawn
 * with replacement, as many as there are; what is pooled of each draw spreads as the rate would over
 * other files of the same kind.
 */
import { type Counts, errorsOf, referenceLengthOf } from "./counts.ts";
import type { DrawBelow } from "./random.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Of the draws, as many lie in the interval. */
const CONFIDENCE = 0.95;

/**
 * @param files the counts of each file
 * @param resamples how many draws, at least 1
 * @returns undefined for less than two files, which tell nothing of others, or no reference
 */
export function bootstrapInterval(
  files: readonly Counts[],
  resamples: number,
  draw: DrawBelow,
): Interval | undefined {
  if (files.length < 2) return undefined;
  const errors = Float64Array.from(files, errorsOf);
  const lengths = Float64Array.from(files, referenceLengthOf);
  const rates: number[] = [];
  for (let sample = 0; sample < resamples; sample += 1) {
    let error = 0;
    let length = 0;
    for (let turn = 0; turn < files.length; turn += 1) {
      const file = draw(files.length);
      error += errors[file] as number;
      length += lengths[file] as number;
    }
    // A draw of empty references alone has no rate.
    if (length > 0) rates.push(error / length);
  }
  if (rates.length === 0) return undefined;
  const sorted = Float64Array.from(rates).sort();
  const tail = (1 - CONFIDENCE) / 2;
  return { low: quantile(sorted, tail), high: quantile(sorted, 1 - tail) };
}

/** Between the two nearest values where it falls between them. */
function quantile(sorted: Float64Array, part: number): number {
  const place = part * (sorted.length - 1);
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (above - below) * (place - Math.floor(place));
}
