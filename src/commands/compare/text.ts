/** The report of `asr compare` as text: who heard what, at what price, and where they differ. */
import { rateOf, sumOf } from "../../scoring/counts.ts";
import { type DifferenceRun, spaceBetween } from "../../scoring/difference.ts";
import { RATE_NAMES, RATES } from "../../scoring/rates.ts";
import { percent } from "../../scoring/reports/percent.ts";
import type { DifferenceMarks } from "../../terminal/difference.ts";
import { clockTime } from "../../terminal/progress.ts";
import { sanitizeLine } from "../../terminal/sanitize.ts";
import { tableText } from "../../terminal/table.ts";
import { type Comparison, type Hearing, isHeard } from "./result.ts";

/** A long stretch in which both agree is shown by its ends. */
const CONTEXT_CHARACTERS = 24;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const sum = (hearings: readonly Hearing[], read: (hearing: Hearing) => number): number =>
  hearings.reduce((total, hearing) => total + read(hearing), 0);

/** A line a provider: all recordings together. */
function providerTable({ providers, files }: Comparison): string {
  const hearings = files.flatMap((file) => file.hearings);
  const heard = hearings.filter(isHeard);
  const isPriced = heard.some(({ cost }) => cost !== undefined);
  const isScored = heard.some(({ scores }) => scores !== undefined);
  const rows = providers.map((provider) => {
    const own = heard.filter((hearing) => hearing.provider === provider);
    const failed = hearings.filter((hearing) => hearing.provider === provider).length - own.length;
    const scores = own.flatMap((hearing) => hearing.scores ?? []);
    return [
      provider,
      seconds(sum(own, ({ elapsedMs }) => elapsedMs)),
      seconds(sum(own, ({ billedMs }) => billedMs)),
      String(sum(own, ({ requests }) => requests)),
      ...(isPriced ? [costText(own)] : []),
      ...(isScored
        ? RATE_NAMES.map((rate) => percent(rateOf(sumOf(scores.map((one) => one[rate])))))
        : []),
      failed === 0 ? "" : `${failed} failed`,
    ];
  });
  const headings = [
    ...["PROVIDER", "TIME", "BILLED", "REQUESTS"],
    ...(isPriced ? ["COST"] : []),
    ...(isScored ? RATE_NAMES.map((rate) => RATES[rate].title.toUpperCase()) : []),
    "",
  ];
  const numbers = headings.map((_, column) => column).slice(1, -1);
  return tableText([headings, ...rows], { right: new Set(numbers) });
}

function costText(hearings: readonly Hearing[]): string {
  const costs = hearings.flatMap(({ cost }) => cost ?? []);
  const [first] = costs;
  if (first === undefined) return "–";
  const amount = costs.reduce((total, cost) => total + cost.amount, 0).toFixed(4);
  return [amount, first.currency ?? ""].join(" ").trim();
}

/** The row is taken as what was said. */
function agreementTable({ providers, agreements }: Comparison): string {
  const rows = providers.map((reference) => [
    reference,
    ...providers.map((hypothesis) => {
      const found = agreements.find(
        (one) => one.reference === reference && one.hypothesis === hypothesis,
      );
      return found === undefined ? "" : percent(rateOf(found.counts));
    }),
  ]);
  const right = new Set(providers.map((_, column) => column + 1));
  const note = "mixed error rate between each two; the row counts as what was said\n";
  return note + tableText([["", ...providers], ...rows], { right });
}

/** The ends of what is the same, around an ellipsis. */
function shortened(text: string): string {
  const characters = Array.from(text);
  if (characters.length <= 2 * CONTEXT_CHARACTERS + 5) return text;
  const before = characters.slice(0, CONTEXT_CHARACTERS).join("");
  return `${before} … ${characters.slice(-CONTEXT_CHARACTERS).join("")}`;
}

function markedLine(runs: readonly DifferenceRun[], { gone, come }: DifferenceMarks): string {
  let line = "";
  let before = "";
  for (const { operation, reference, hypothesis } of runs) {
    line += spaceBetween(before, reference || hypothesis);
    before = hypothesis || reference;
    if (operation === "equal") line += shortened(sanitizeLine(reference));
    else {
      line += reference === "" ? "" : gone(sanitizeLine(reference));
      line += hypothesis === "" ? "" : come(sanitizeLine(hypothesis));
    }
  }
  return line;
}

function* fileText(
  { name, durationMs, against, differences, hearings }: Comparison["files"][number],
  marks: DifferenceMarks,
): Generator<string> {
  const length = durationMs === undefined ? "" : `  ${clockTime(durationMs)}`;
  yield `${sanitizeLine(name)}${length}\n`;
  for (const { provider, runs } of differences) {
    const isSame = runs.every(({ operation }) => operation === "equal");
    const line = isSame ? "the same" : markedLine(runs, marks);
    yield `  ${provider} beside ${against}: ${line}\n`;
  }
  for (const hearing of hearings) {
    if (!isHeard(hearing)) yield `  ${hearing.provider}: ${sanitizeLine(hearing.error.message)}\n`;
  }
}

/** A paragraph each: how it was counted, the providers, their agreement, each recording. */
export function compareText(comparison: Comparison, marks: DifferenceMarks): string {
  const { files, normalization } = comparison;
  const count = `${files.length} ${files.length === 1 ? "recording" : "recordings"}`;
  return [
    `${count}, normalised: ${normalization.join(", ") || "nothing"}\n`,
    providerTable(comparison),
    agreementTable(comparison),
    ...files.map((file) => [...fileText(file, marks)].join("")),
  ].join("\n");
}
