/**
 * Whether one run is better than another on the same files: the paired test by approximate
 * randomisation (E. Noreen, "Computer-intensive methods for testing hypotheses", 1989; for such scores S.
 * Riezler and J. Maxwell, 2005). If it made no difference who transcribed a file, exchanging the two runs
 * of any file would change nothing: p says how often chance alone, exchanging files at random, makes
 * their pooled rates as different as they are.
 */
import { type Counts, errorsOf, rateOf, referenceLengthOf, sumOf } from "./counts.ts";
import type { DrawBelow } from "./random.ts";

export interface PairedCounts {
  readonly first: Counts;
  readonly second: Counts;
}

export interface PairedTest {
  /** Pooled; undefined where the references are empty. */
  readonly firstRate: number | undefined;
  readonly secondRate: number | undefined;
  /** From 1 / (trials + 1) to 1; two-sided. */
  readonly p: number;
}

/** Where p is smaller, a difference counts as shown. */
export const SIGNIFICANT = 0.05;

/** @param files the counts of each file in both runs, against the same reference */
export function pairedTest(
  files: readonly PairedCounts[],
  trials: number,
  draw: DrawBelow,
): PairedTest {
  const firstRate = rateOf(sumOf(files.map(({ first }) => first)));
  const secondRate = rateOf(sumOf(files.map(({ second }) => second)));
  // Both runs have the same references, so that errors compare as rates do.
  const differences = files.flatMap(({ first, second }) => {
    if (referenceLengthOf(first) !== referenceLengthOf(second))
      throw new Error("the runs of a file have different references");
    const difference = errorsOf(first) - errorsOf(second);
    return difference === 0 ? [] : [difference];
  });
  const observed = Math.abs(differences.reduce((sum, difference) => sum + difference, 0));
  let asFar = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    let sum = 0;
    for (const difference of differences) sum += draw(2) === 0 ? difference : -difference;
    if (Math.abs(sum) >= observed) asFar += 1;
  }
  return { firstRate, secondRate, p: (asFar + 1) / (trials + 1) };
}
