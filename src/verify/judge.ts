/** What was recognised beside what a case expects. */
import type { TextPair } from "../scoring/score.ts";
import { type Case, type Expectation, hasThresholds } from "./case.ts";
import { compareText, compareTimes } from "./compare-text.ts";
import type { Problem } from "./result.ts";
import { type Judged, judgeRates } from "./thresholds.ts";

/** What was recognised. */
export interface Recognised {
  /** By the name of the format: every one that is expected. */
  readonly texts: ReadonlyMap<string, string>;
  /** As running text. */
  readonly text: string;
}

/** What the case's files hold. */
export interface CaseContents {
  /** By path; undefined: it is not there. */
  readonly expected: ReadonlyMap<string, string | undefined>;
  /** What was said, as running text, and the file that says it; only where there are thresholds. */
  readonly said?: { readonly text: string; readonly file: string };
}

export interface JudgeOptions {
  /** Takes out what is no error. */
  readonly normalize: (text: string) => string;
  /** A vendor was asked just now: a case with thresholds is judged by these alone. */
  readonly isLive: boolean;
}

export interface Judgement extends Pick<Judged, "rates"> {
  readonly problems: readonly Problem[];
  /** Of the problems, those that a new expectation would end. */
  readonly outdated: readonly { readonly expectation: Expectation; readonly problem: Problem }[];
}

/**
 * Each expectation is compared whole, its times within the tolerance. A case with thresholds is
 * judged by its rates instead, where its expectation says what was said; where a reference does,
 * by both.
 */
export function judge(
  one: Case,
  { texts, text }: Recognised,
  { expected, said }: CaseContents,
  { normalize, isLive }: JudgeOptions,
): Judgement {
  const byRates = hasThresholds(one);
  const byText = !byRates || (one.reference !== undefined && !isLive);
  const outdated = one.expected.flatMap((expectation) => {
    const problem = problemOf(expectation, texts, expected, one, byText);
    return problem === undefined ? [] : [{ expectation, problem }];
  });
  const pair: TextPair = { reference: normalize(said?.text ?? ""), hypothesis: normalize(text) };
  const judged: Judged = byRates
    ? judgeRates(pair, one.thresholds, said?.file ?? one.file)
    : { rates: {}, problems: [] };
  return {
    rates: judged.rates,
    problems: [...judged.problems, ...outdated.map(({ problem }) => problem)],
    // What was said is not to be made out of what was heard.
    outdated: byRates && one.reference === undefined ? [] : outdated,
  };
}

function problemOf(
  { path, format }: Expectation,
  texts: ReadonlyMap<string, string>,
  contents: CaseContents["expected"],
  { cueToleranceMs }: Case,
  byText: boolean,
): Problem | undefined {
  const expected = contents.get(path);
  if (expected === undefined) {
    return {
      code: "no-expectation",
      message: `${path} is not there`,
      hint: "write it with --update",
      file: path,
    };
  }
  const compared = { file: path, format, expected, actual: texts.get(format) ?? "" };
  if (byText) {
    const tolerance = cueToleranceMs === undefined ? {} : { toleranceMs: cueToleranceMs };
    return compareText({ ...compared, ...tolerance });
  }
  if (cueToleranceMs === undefined) return undefined;
  return compareTimes({ ...compared, toleranceMs: cueToleranceMs });
}
