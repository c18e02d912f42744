/** The report of `asr eval` as text. */
import { spaceBetween } from "../../scoring/difference.ts";
import { RATE_NAMES, RATES } from "../../scoring/rates.ts";
import { percent } from "../../scoring/reports/percent.ts";
import type { EvalReport, ReportCounts } from "../../scoring/reports/schema.ts";
import { verdicts } from "../../scoring/reports/verdict.ts";
import type { DifferenceMarks } from "../../terminal/difference.ts";
import { sanitizeLine } from "../../terminal/sanitize.ts";
import { tableText } from "../../terminal/table.ts";

/** Of a long stretch without errors, what is shown beside an error. */
const CONTEXT_CHARACTERS = 20;
/** More of one file fill the screen and tell nothing new. */
const SHOWN_ERRORS = 30;

type Run = EvalReport["worst"][number]["difference"][number];

const HEADINGS = ["RATE", "ERRORS", "SUB", "DEL", "INS", "REFERENCE", "95% INTERVAL"];

function figures({ rate, errors, substitutions, deletions, insertions, reference }: ReportCounts) {
  return [percent(rate), ...[errors, substitutions, deletions, insertions, reference].map(String)];
}

function pooledTable({ pooled }: EvalReport): string {
  const rows = RATE_NAMES.map((rate) => {
    const { interval } = pooled[rate];
    const range = interval && `${percent(interval.low)} to ${percent(interval.high)}`;
    return [RATES[rate].title, ...figures(pooled[rate]), range ?? ""];
  });
  return tableText([["", ...HEADINGS], ...rows], { right: new Set([1, 2, 3, 4, 5, 6]) });
}

function worstTable({ worst, files }: EvalReport): string {
  const byName = new Map(files.map((file) => [file.name, file]));
  const rows = worst.flatMap(({ name }) => {
    const file = byName.get(name);
    if (file === undefined) return [];
    const rates = RATE_NAMES.map((rate) => percent(file[rate].rate));
    return [[...rates, String(file.mixed.errors), name]];
  });
  const headings = [...RATE_NAMES.map((rate) => RATES[rate].title.toUpperCase()), "ERRORS", "FILE"];
  return tableText([headings, ...rows], { right: new Set([0, 1, 2, 3]) });
}

/** The ends of what is right, around an ellipsis. */
function shortened(text: string, isFirst: boolean, isLast: boolean): string {
  const characters = Array.from(text);
  const room = CONTEXT_CHARACTERS * (isFirst || isLast ? 1 : 2) + 5;
  if (characters.length <= room) return text;
  const before = isFirst ? "" : characters.slice(0, CONTEXT_CHARACTERS).join("");
  const after = isLast ? "" : characters.slice(-CONTEXT_CHARACTERS).join("");
  return `${before} … ${after}`;
}

/** A difference on one line, errors marked in their place. */
function markedLine(difference: readonly Run[], { gone, come }: DifferenceMarks): string {
  const last = difference.length - 1;
  let line = "";
  let before = "";
  let errors = 0;
  for (const [index, { operation, reference, hypothesis }] of difference.entries()) {
    line += spaceBetween(before, reference || hypothesis);
    before = hypothesis || reference;
    if (operation === "equal") {
      line += shortened(sanitizeLine(reference), index === 0, index === last);
      continue;
    }
    errors += 1;
    if (errors > SHOWN_ERRORS) break;
    line += reference === "" ? "" : gone(sanitizeLine(reference));
    line += hypothesis === "" ? "" : come(sanitizeLine(hypothesis));
  }
  const all = difference.filter(({ operation }) => operation !== "equal").length;
  const more = all - SHOWN_ERRORS;
  return more > 0 ? `${line.trim()} … and ${more} more places: --html shows all` : line.trim();
}

/** A paragraph each: how it was counted, the rates, comparisons, the worst files, limits. */
export function evalText(report: EvalReport, marks: DifferenceMarks): string {
  const { name, normalization, files, left_out, worst, against, baseline, gates } = report;
  const count = `${files.length} ${files.length === 1 ? "file" : "files"}`;
  const leftOut =
    left_out.length === 0 ? "" : `left out: ${left_out.map(sanitizeLine).join(", ")}\n`;
  const paragraphs = [
    `${count}, normalised: ${normalization.join(", ") || "nothing"}\n${leftOut}`,
    pooledTable(report),
    ...[against, baseline].flatMap((comparison) =>
      comparison === undefined
        ? []
        : [
            verdicts(name, comparison)
              .map((line) => `${sanitizeLine(line)}\n`)
              .join(""),
          ],
    ),
    ...(worst.length === 0 ? [] : [worstTable(report)]),
    ...worst.map(
      ({ name: file, difference }) =>
        `${sanitizeLine(file)}:\n  ${markedLine(difference, marks)}\n`,
    ),
    ...(gates.length === 0 ? [] : [gates.map(gateLine).join("")]),
  ];
  return paragraphs.join("\n");
}

function gateLine({ name, limit, rate, passed }: EvalReport["gates"][number]): string {
  return `${passed ? "ok" : "FAILED"}  ${name} ${percent(limit)}: ${percent(rate)}\n`;
}
