/** The report of `asr verify` as JSON: names in snake case, times in seconds. */
import { differenceLines, PLAIN_DIFFERENCE } from "./difference-text.ts";
import { type CaseResult, isPassed, type Problem } from "./result.ts";

/** Additions keep it, removals raise it. */
const REPORT_VERSION = 1;

function problemFields({ difference, ...problem }: Problem): object {
  if (difference === undefined) return problem;
  const lines = differenceLines(difference, PLAIN_DIFFERENCE, (text) => text);
  return { ...problem, difference: lines };
}

export function verifyReport(results: readonly CaseResult[]): object {
  const passed = results.filter(isPassed).length;
  return {
    schema_version: REPORT_VERSION,
    total: results.length,
    passed,
    failed: results.length - passed,
    updated: results.filter(({ status }) => status === "updated").length,
    cases: results.map(({ durationMs, problems, updated, ...result }) => ({
      ...result,
      seconds: durationMs / 1000,
      problems: problems.map(problemFields),
      updated: updated.map(({ file }) => file),
    })),
  };
}
