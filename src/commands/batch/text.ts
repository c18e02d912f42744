/** How an output folder stands, for people. */
import type { ErrorGroup, FolderState, LiveRun } from "../../jobs/ledger/folder-state.ts";
import type { LedgerInput } from "../../jobs/ledger/ledger-input.ts";
import { lengthText, type Money, moneyText } from "../../terminal/amounts.ts";
import { sanitizeLine } from "../../terminal/sanitize.ts";
import { tableText } from "../../terminal/table.ts";
import { type Figures, figuresByName, figuresOf, type NamedFigures, STATES } from "./figures.ts";

/** So many groups of failures are named by the status. */
const SHOWN_GROUPS = 5;

/** The counts of a folder, and who is at work on it. */
export function stateText(out: string, state: FolderState, spend: readonly Money[]): string {
  const figures = figuresOf(state.providers);
  const { inputs, counts, audioMs, billedMs } = figures;
  const shown = STATES.filter((name) => name !== "interrupted" || counts[name] > 0);
  const rows = [
    ...shown.map((name) => [name, String(counts[name])]),
    ...(audioMs === 0 ? [] : [["audio", lengthText(audioMs)]]),
    ...(billedMs === 0 ? [] : [["billed", lengthText(billedMs)]]),
    ...spend.map((money) => ["spent", moneyText(money)]),
  ];
  return [
    `${sanitizeLine(out)}: ${inputs} ${inputs === 1 ? "input" : "inputs"}\n\n`,
    tableText(rows, { right: new Set([1]) }),
    ...(state.runs.length === 0 ? [] : ["\nat work:\n", ...state.runs.map(runLine)]),
  ].join("");
}

function runLine({ pid, host, startedMs, inputs }: LiveRun): string {
  const since = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium" });
  const work = `${inputs} ${inputs === 1 ? "input" : "inputs"} now`;
  return `  process ${pid} on ${sanitizeLine(host)} since ${since.format(startedMs)}, ${work}\n`;
}

/** The most frequent reasons of failures. */
export function topErrorsText(groups: readonly ErrorGroup[]): string {
  if (groups.length === 0) return "";
  const rest = groups.slice(SHOWN_GROUPS);
  const others = `for ${rest.length} other ${rest.length === 1 ? "reason" : "reasons"}`;
  const restInputs = rest.reduce((sum, { inputs }) => sum + inputs, 0);
  const rows = [
    ...groups
      .slice(0, SHOWN_GROUPS)
      .map((group) => [String(group.inputs), causeOf(group), group.title]),
    ...(rest.length === 0 ? [] : [[String(restInputs), others]]),
  ];
  const table = tableText(rows, { right: new Set([0]) });
  return `\nfailed:\n${table.replace(/^/gm, "  ").trimEnd()}\n`;
}

/** "quota 4006". */
function causeOf({ kind, vendorCode }: ErrorGroup): string {
  return vendorCode === undefined ? kind : `${kind} ${vendorCode}`;
}

/** A command, and what it does. */
type Proposal = readonly [command: string, does: string];

/** @param out as the user can type it */
export function retryProposal(out: string, { counts }: Figures): readonly Proposal[] {
  if (counts.failed + counts.waiting + counts.interrupted === 0) return [];
  return [[`asr batch retry ${out}`, "does again what is not done"]];
}

/** @param out as the user can type it */
export function reportProposal(out: string, { counts }: Figures): readonly Proposal[] {
  if (counts.failed === 0) return [];
  return [[`asr batch report ${out}`, "names each that failed, and why"]];
}

export function nextText(proposals: readonly Proposal[]): string {
  return proposals.length === 0 ? "" : `\n${tableText(proposals, { widestColumn: 60 })}`;
}

/** One group of failures, with all that failed so. */
export function* groupText(group: ErrorGroup, inputs: Iterable<LedgerInput>): Generator<string> {
  const { inputs: count, title, hint } = group;
  yield `\n${count} failed: ${sanitizeLine(causeOf(group))}: ${sanitizeLine(title)}\n`;
  if (hint !== undefined) yield `  try: ${sanitizeLine(hint)}\n`;
  for (const one of inputs) yield failedLine(one, hint);
}

/** @param known the hint that was given for all of them */
function failedLine({ input, tries, requestIds, error }: LedgerInput, known?: string): string {
  const hint = error?.details.hint;
  const facts = [
    tries === 1 ? "1 try" : `${tries} tries`,
    ...(requestIds.length === 0 ? [] : [`request ${requestIds.join(", ")}`]),
    ...(hint === undefined || hint === known ? [] : [`try: ${hint}`]),
  ];
  return `  ${sanitizeLine(`${input.path ?? input.name} (${facts.join("; ")})`)}\n`;
}

/** Sums by provider and by tag. */
export function sumsText({ providers, tags }: FolderState): string {
  const tables = [
    { heading: "PROVIDER", rows: figuresByName(providers) },
    { heading: "TAG", rows: figuresByName(tags) },
  ];
  return tables
    .filter(({ rows }) => rows.length > 0)
    .map(({ heading, rows }) => `\n${sumsTable(heading, rows)}`)
    .join("");
}

function sumsTable(heading: string, rows: readonly NamedFigures[]): string {
  const headings = [heading, ...STATES.map((state) => state.toUpperCase()), "AUDIO", "BILLED"];
  const cells = rows.map(({ name, counts, audioMs, billedMs }) => [
    name,
    ...STATES.map((state) => String(counts[state])),
    lengthText(audioMs),
    lengthText(billedMs),
  ]);
  return tableText([headings, ...cells], { right: new Set(headings.keys().drop(1)) });
}
