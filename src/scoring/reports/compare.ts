/** Two runs over the same files. */
import { pairedTest } from "../paired-test.ts";
import { seededRandom } from "../random.ts";
import { byRate } from "../rates.ts";
import type { ReportComparison } from "./schema.ts";
import type { OtherRun, ScoredFile } from "./scored-file.ts";

/** Only files that both have, by their names and with references of one length, are compared. */
export function comparisonOf(
  files: readonly ScoredFile[],
  other: OtherRun,
  trials: number,
  seed: number,
): ReportComparison {
  const others = new Map(other.files.map((file) => [file.name, file.counts]));
  const both = files.flatMap(({ name, counts }) => {
    const theirs = others.get(name);
    return theirs === undefined ? [] : [{ counts, theirs }];
  });
  const tested = byRate((rate) => {
    const pairs = both.map(({ counts, theirs }) => ({ first: counts[rate], second: theirs[rate] }));
    const { firstRate, secondRate, p } = pairedTest(pairs, trials, seededRandom(seed));
    return { rate: firstRate ?? null, other_rate: secondRate ?? null, p };
  });
  return { other: other.name, files: both.length, ...tested };
}
