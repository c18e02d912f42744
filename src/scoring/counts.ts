/** How many tokens were right, and what went wrong with the others. */
import type { AlignedRun } from "./align/runs.ts";

export interface Counts {
  readonly hits: number;
  readonly substitutions: number;
  readonly deletions: number;
  readonly insertions: number;
}

const NO_COUNTS: Counts = { hits: 0, substitutions: 0, deletions: 0, insertions: 0 };

const FIELDS = {
  equal: "hits",
  substitute: "substitutions",
  delete: "deletions",
  insert: "insertions",
} as const;

export function countsOf(runs: Iterable<AlignedRun>): Counts {
  const counts = { ...NO_COUNTS };
  for (const { operation, length } of runs) counts[FIELDS[operation]] += length;
  return counts;
}

export function sumOf(all: Iterable<Counts>): Counts {
  const sum = { ...NO_COUNTS };
  for (const { hits, substitutions, deletions, insertions } of all) {
    sum.hits += hits;
    sum.substitutions += substitutions;
    sum.deletions += deletions;
    sum.insertions += insertions;
  }
  return sum;
}

export function errorsOf({ substitutions, deletions, insertions }: Counts): number {
  return substitutions + deletions + insertions;
}

export function referenceLengthOf({ hits, substitutions, deletions }: Counts): number {
  return hits + substitutions + deletions;
}

/**
 * Errors over the reference's length, more than 1 where much was added.
 *
 * @returns undefined for an empty reference, which has no rate. In a pool its insertions count.
 */
export function rateOf(counts: Counts): number | undefined {
  const length = referenceLengthOf(counts);
  return length === 0 ? undefined : errorsOf(counts) / length;
}
