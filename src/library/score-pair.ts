/** The work behind `score`, loaded by the first call. */
import { usageError } from "../errors.ts";
import { errorsOf, rateOf, referenceLengthOf } from "../scoring/counts.ts";
import { differenceOf } from "../scoring/difference.ts";
import { loadNormalizer, STEP_WORDS, stepsNamed } from "../scoring/normalization/normalizer.ts";
import { byRate } from "../scoring/rates.ts";
import { scoreTexts, type TextPair } from "../scoring/score.ts";
import type { Score, StepWord } from "./rates.ts";

export async function scorePair(pair: TextPair, words: readonly StepWord[]): Promise<Score> {
  const unknown = words.find((word) => !STEP_WORDS.includes(word));
  if (unknown !== undefined) {
    throw usageError(`unknown step of normalisation: ${unknown}`, `use ${STEP_WORDS.join(", ")}`);
  }
  const normalized = await loadNormalizer(stepsNamed(words));
  const compared = {
    reference: normalized(pair.reference),
    hypothesis: normalized(pair.hypothesis),
  };
  const counts = scoreTexts(compared);
  const rates = byRate((name) => ({
    rate: rateOf(counts[name]) ?? null,
    errors: errorsOf(counts[name]),
    reference: referenceLengthOf(counts[name]),
    ...counts[name],
  }));
  return { ...rates, operations: differenceOf(compared) };
}
