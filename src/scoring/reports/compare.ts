/** Two runs over the same files. */
import { usageError } from "../../errors.ts";
import { referenceLengthOf } from "../counts.ts";
import { pairedTest } from "../paired-test.ts";
import { seededRandom } from "../random.ts";
import { byRate, RATE_NAMES } from "../rates.ts";
import type { ReportComparison } from "./schema.ts";
import type { OtherRun, ScoredFile } from "./scored-file.ts";

/**
 * Only files that both have, by their names, are compared.
 *
 * @throws AsrError kind "usage" where a reference is not as long as it was: against another one, a
 *   rate says nothing of the hypothesis
 */
export function comparisonOf(
  files: readonly ScoredFile[],
  other: OtherRun,
  trials: number,
  seed: number,
): ReportComparison {
  const others = new Map(other.files.map((file) => [file.name, file.counts]));
  const both = files.flatMap(({ name, counts }) => {
    const theirs = others.get(name);
    if (theirs === undefined) return [];
    const isChanged = RATE_NAMES.some(
      (rate) => referenceLengthOf(counts[rate]) !== referenceLengthOf(theirs[rate]),
    );
    if (isChanged) {
      throw usageError(
        `the reference of ${name} is not the one of ${other.name}`,
        "score both runs against the same references: make the baseline anew where they changed",
      );
    }
    return [{ counts, theirs }];
  });
  const tested = byRate((rate) => {
    const pairs = both.map(({ counts, theirs }) => ({ first: counts[rate], second: theirs[rate] }));
    const { firstRate, secondRate, p } = pairedTest(pairs, trials, seededRandom(seed));
    return { rate: firstRate ?? null, other_rate: secondRate ?? null, p };
  });
  return { other: other.name, files: both.length, ...tested };
}
