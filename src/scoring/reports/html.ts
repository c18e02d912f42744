/** A report as one page that needs nothing else: no script, no network, no other file. */
import { type DifferenceRun, spaceBetween } from "../difference.ts";
import { RATE_NAMES, RATES } from "../rates.ts";
import { percent } from "./percent.ts";
import type { EvalReport, ReportCounts } from "./schema.ts";
import { verdicts } from "./verdict.ts";

const REFERENCES = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

/** Text from files and their names: no mark of it is read as HTML, none turns the writing round. */
function escapeHtml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/[&<>"']/g, (character) => REFERENCES.get(character) ?? character);
}

const STYLE = `
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 72em; padding: 0 1em; }
table { border-collapse: collapse; }
th, td { padding: .2em .8em; text-align: right; border-bottom: 1px solid #8884; }
th:first-child, td:first-child { text-align: left; word-break: break-all; }
summary { cursor: pointer; }
.text { line-height: 2; }
del { background: #d332; color: #c22; } ins { background: #2a42; color: #183; }
@media (prefers-color-scheme: dark) { del { color: #f88; } ins { color: #8d8; } }
.failed { color: #c22; font-weight: bold; }
`;

function cells(counts: ReportCounts): string {
  const { rate, errors, substitutions, deletions, insertions, reference } = counts;
  return [percent(rate), errors, substitutions, deletions, insertions, reference]
    .map((value) => `<td>${value}</td>`)
    .join("");
}

const COUNT_HEADINGS = ["rate", "errors", "substituted", "deleted", "inserted", "reference"]
  .map((name) => `<th>${name}</th>`)
  .join("");

function pooledTable({ pooled }: EvalReport): string {
  const rows = RATE_NAMES.map((rate) => {
    const { interval } = pooled[rate];
    const range =
      interval === undefined ? "" : `${percent(interval.low)} – ${percent(interval.high)}`;
    return `<tr><td title="${escapeHtml(RATES[rate].help)}">${RATES[rate].title}</td>${cells(pooled[rate])}<td>${range}</td></tr>`;
  });
  return `<table><tr><th></th>${COUNT_HEADINGS}<th>95% interval</th></tr>\n${rows.join("\n")}\n</table>`;
}

function markedText(runs: readonly DifferenceRun[]): string {
  let before = "";
  return runs
    .map(({ operation, reference, hypothesis }) => {
      const space = spaceBetween(before, reference || hypothesis);
      before = hypothesis || reference;
      if (operation === "equal") return space + escapeHtml(reference);
      const gone = reference === "" ? "" : `<del>${escapeHtml(reference)}</del>`;
      const come = hypothesis === "" ? "" : `<ins>${escapeHtml(hypothesis)}</ins>`;
      return space + gone + come;
    })
    .join("");
}

function fileSection(
  file: EvalReport["files"][number],
  difference: readonly DifferenceRun[],
): string {
  const rates = RATE_NAMES.map((rate) => `${RATES[rate].title} ${percent(file[rate].rate)}`);
  return `<details><summary>${escapeHtml(file.name)}: ${rates.join(", ")}</summary>
<p class="text">${markedText(difference)}</p></details>`;
}

/**
 * @param differenceOf of each file, by its name
 * @returns the page in pieces, for the texts of many files are long
 */
export function* reportHtml(
  report: EvalReport,
  differenceOf: (name: string) => readonly DifferenceRun[],
): Generator<string> {
  const { name, normalization, files, gates, left_out, against, baseline } = report;
  yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><title>${escapeHtml(name)}</title>
<style>${STYLE}</style></head><body>
<h1>${escapeHtml(name)}</h1>
<p>${files.length} files; normalised: ${escapeHtml(normalization.join(", ") || "nothing")}.
<del>In the reference only</del>, <ins>in the hypothesis only</ins>.</p>
${pooledTable(report)}\n`;
  for (const comparison of [against, baseline]) {
    if (comparison === undefined) continue;
    const lines = verdicts(name, comparison).map((line) => `<li>${escapeHtml(line)}</li>`);
    yield `<ul>${lines.join("\n")}</ul>\n`;
  }
  for (const { name: gate, limit, rate, passed } of gates) {
    const verdict = passed ? "passed" : '<span class="failed">failed</span>';
    yield `<p>${escapeHtml(gate)} ${percent(limit)}: ${percent(rate)}, ${verdict}</p>\n`;
  }
  if (left_out.length > 0) yield `<p>Left out: ${escapeHtml(left_out.join(", "))}</p>\n`;
  yield "<h2>Files</h2>\n";
  const byRate = files.toSorted((a, b) => (b.mixed.rate ?? 0) - (a.mixed.rate ?? 0));
  for (const file of byRate) yield `${fileSection(file, differenceOf(file.name))}\n`;
  yield "</body></html>\n";
}
