/** Rates beside their limits. */
import { errorsOf, rateOf } from "../scoring/counts.ts";
import { differenceOf, spaceBetween } from "../scoring/difference.ts";
import { RATES, type RateName } from "../scoring/rates.ts";
import { percent } from "../scoring/reports/percent.ts";
import { scoreTexts, type TextPair } from "../scoring/score.ts";
import type { Thresholds } from "./case.ts";
import type { DifferenceLine } from "./line-difference.ts";
import type { Problem, RateResult } from "./result.ts";

const LIMITS = [
  ["mixed", "maxMixed"],
  ["wer", "maxWer"],
  ["cer", "maxCer"],
] as const satisfies readonly (readonly [RateName, keyof Thresholds])[];

export interface Judged {
  readonly rates: Partial<Readonly<Record<RateName, RateResult>>>;
  readonly problems: readonly Problem[];
}

/**
 * @param pair as it is compared: normalised
 * @param file of what was said, as messages name it
 */
export function judgeRates(pair: TextPair, thresholds: Thresholds, file: string): Judged {
  const scores = scoreTexts(pair);
  const judged = LIMITS.flatMap(([name, key]) => {
    const limit = thresholds[key];
    if (limit === undefined) return [];
    const rate = rateOf(scores[name]) ?? null;
    // Where nobody says a word, none may have been heard.
    const isKept = rate === null ? errorsOf(scores[name]) === 0 : rate <= limit;
    return [{ name, rate, limit, isKept }];
  });
  const failed = judged.filter(({ isKept }) => !isKept);
  const problems = failed.map(({ name, rate, limit }, index): Problem => {
    const title = RATES[name].title;
    return {
      code: "threshold",
      message: `${title} error rate ${percent(rate)} is above ${percent(limit)}`,
      file,
      // Once: it is the same for all rates.
      ...(index > 0 ? {} : { difference: [changedLine(pair)] }),
    };
  });
  return {
    rates: Object.fromEntries(judged.map(({ name, rate, limit }) => [name, { rate, limit }])),
    problems,
  };
}

/** All of it on one line: normalised texts have no others. */
function changedLine(pair: TextPair): DifferenceLine {
  let before = "";
  const runs = differenceOf(pair).map(({ operation, reference, hypothesis }) => {
    const space = spaceBetween(before, reference || hypothesis);
    before = hypothesis || reference;
    // A run of errors brings its space along in whichever text it has.
    return reference === ""
      ? { operation, expected: "", actual: space + hypothesis }
      : { operation, expected: space + reference, actual: hypothesis };
  });
  return { kind: "changed", runs };
}
