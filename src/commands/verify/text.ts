/** The report of `asr verify` as text: what failed and how, then how many. */

import { RATE_NAMES, RATES } from "../../scoring/rates.ts";
import { percent } from "../../scoring/reports/percent.ts";
import { sanitizeLine } from "../../terminal/sanitize.ts";
import { type DifferencePaint, differenceLines } from "../../verify/difference-text.ts";
import type { DifferenceLine } from "../../verify/line-difference.ts";
import { type CaseResult, isPassed, type Problem } from "../../verify/result.ts";

export interface VerifyView {
  readonly paint: DifferencePaint;
  /** All of each difference, and what passed as well. */
  readonly verbose: boolean;
  /** The folders, as they were named. */
  readonly places: readonly string[];
  readonly elapsedMs: number;
}

/** Of one expectation; more is for who asks for it. */
const SHOWN_LINES = 12;
/** Cases with their differences; more of them fill the screen and tell nothing new. */
const SHOWN_CASES = 10;

const LABELS: Readonly<Record<CaseResult["status"], string>> = {
  passed: "ok",
  updated: "UPDATED",
  failed: "FAILED",
  error: "FAILED",
};

/** A line each that fits a shell. */
function quoted(word: string): string {
  return /^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function headline({ name, status, provider = "", problems, updated, rates }: CaseResult): string {
  const [first] = problems;
  const figures = RATE_NAMES.flatMap((rate) => {
    const found = rates[rate];
    return found === undefined ? [] : [`${RATES[rate].title} ${percent(found.rate)}`];
  });
  const files = updated.map(({ file }) => file).join(", ");
  const what =
    first === undefined
      ? [files, ...figures].filter((part) => part !== "").join(", ")
      : `${first.message}${problems.length > 1 ? `; and ${problems.length - 1} more` : ""}`;
  const columns = [LABELS[status].padEnd(7), name, provider, what].map(sanitizeLine);
  return `${columns.filter((column) => column.trim() !== "").join("  ")}\n`;
}

function shownLines(
  difference: readonly DifferenceLine[],
  { paint, verbose }: VerifyView,
): readonly string[] {
  const lines = differenceLines(difference, paint, sanitizeLine);
  if (verbose || lines.length <= SHOWN_LINES) return lines;
  const more = lines.length - SHOWN_LINES;
  return [...lines.slice(0, SHOWN_LINES), paint.faint(`  … ${more} more lines`)];
}

function problemText(problem: Problem, isFirst: boolean, view: VerifyView): string {
  const { message, reason, hint, difference = [] } = problem;
  const lines = [
    ...(isFirst ? [] : [sanitizeLine(message)]),
    ...(reason === undefined ? [] : [`why: ${sanitizeLine(reason)}`]),
    ...(hint === undefined ? [] : [`try: ${sanitizeLine(hint)}`]),
    ...shownLines(difference, view),
  ];
  return lines.map((line) => `  ${line}\n`).join("");
}

function detailed(result: CaseResult, view: VerifyView): string {
  const { problems, updated, name } = result;
  const told = problems.map((problem, index) => problemText(problem, index === 0, view)).join("");
  const changes = updated.map(({ difference = [] }) =>
    shownLines(difference, view)
      .map((line) => `  ${line}\n`)
      .join(""),
  );
  const command = `asr verify ${view.places.map(quoted).join(" ")} --name ${quoted(name)} -v`;
  const more = view.verbose || problems.length === 0 ? "" : `  more: ${sanitizeLine(command)}\n`;
  return headline(result) + told + changes.join("") + more;
}

export function verifyText(results: readonly CaseResult[], view: VerifyView): string {
  const told = results.filter(
    (result) => view.verbose || !isPassed(result) || result.status === "updated",
  );
  const blocks = told.map((result, index) =>
    index < SHOWN_CASES || view.verbose ? detailed(result, view) : headline(result),
  );
  const failed = results.filter((result) => !isPassed(result)).length;
  const updated = results.filter(({ status }) => status === "updated").length;
  const counts = [
    `${results.length - failed} passed`,
    ...(updated > 0 ? [`${updated} of them updated`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ].join(", ");
  const total = `${results.length} ${results.length === 1 ? "case" : "cases"}`;
  return `${blocks.join("")}${total}: ${counts} (${(view.elapsedMs / 1000).toFixed(1)} s)\n`;
}
