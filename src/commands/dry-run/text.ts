/** The report of a dry run as a table. */
import type { Spending } from "../../jobs/estimate.ts";
import type { Survey, SurveyedInput } from "../../jobs/survey.ts";
import { moneyText } from "../../terminal/amounts.ts";
import { clockTime } from "../../terminal/progress.ts";
import { columnWidths, tableLines } from "../../terminal/table.ts";
import { shortenMiddle } from "../../terminal/width.ts";

const PLAN_COLUMN = 3;
const HEADINGS = ["INPUT", "DURATION", "CONTAINER", "PLAN", "REQUESTS", "SIZE", "BILLED"];
/** Names are not made shorter than this: then the plans move to lines of their own. */
const SHORTEST_NAME = 16;

type Row = readonly string[];

/**
 * @param columns of the terminal; 0: as wide as it gets
 * @returns the report in pieces
 */
export function dryRunText({ inputs, total }: Survey, columns: number): Iterable<string> {
  const costs = [total, ...inputs.flatMap((one) => ("estimate" in one ? one.estimate : []))];
  const isPriced = costs.some(({ cost }) => cost !== undefined);
  const isMixed = new Set(inputs.map(({ provider }) => provider)).size > 1;
  const headings = [...HEADINGS, "AT LEAST", ...(isPriced ? ["COST"] : [])];
  const totalRow = ["total", ...figures(total).toSpliced(1, 0, "", "")];
  const rows = {
    *[Symbol.iterator]() {
      yield headings;
      for (const one of inputs) yield rowOf(one, isMixed);
      yield totalRow;
    },
  };
  if (columns === 0) return aligned(rows, PLAN_COLUMN, headings.length);
  const wide = fitted([...rows], columns);
  return wide === undefined
    ? [withPlansBelow([...rows], columns)]
    : aligned(wide, PLAN_COLUMN, headings.length);
}

/** @param isMixed where the inputs go to several providers: the plan says to whom. */
function rowOf(surveyed: SurveyedInput, isMixed: boolean): Row {
  const { name } = surveyed.input;
  if ("error" in surveyed) {
    const { message, details } = surveyed.error;
    const what = message.startsWith(`${name}: `) ? message.slice(name.length + 2) : message;
    return [name, `FAILED: ${[what, details.reason].filter(Boolean).join(": ")}`];
  }
  const { facts } = surveyed.planned;
  const { otherContainer: container = facts.container, otherEncoding: encoding = facts.encoding } =
    facts;
  const plan = isMixed ? `${surveyed.provider}: ${surveyed.estimate.plan}` : surveyed.estimate.plan;
  const format = container === encoding ? container : `${container} (${encoding})`;
  return [name, ...figures(surveyed.estimate).toSpliced(1, 0, format, plan)];
}

/** Duration, requests, size, billed, at least and, with a price, the cost. */
function figures({ durationMs, requests, bytes, billedMs, leastMs, cost }: Spending): string[] {
  return [
    durationText(durationMs),
    String(requests),
    bytes === undefined ? "?" : sizeText(bytes),
    durationText(billedMs),
    leastMs === 0 ? "-" : durationText(leastMs),
    ...(cost === undefined ? [] : [moneyText(cost)]),
  ];
}

function durationText(ms: number): string {
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : clockTime(ms);
}

function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** The rows with their names shortened to the terminal; undefined: that is not enough. */
function fitted(rows: readonly Row[], columns: number): readonly Row[] | undefined {
  const widths = columnWidths(rows);
  const nameWidth = widths[0] ?? 0;
  const width = widths.reduce((sum, column) => sum + column + 2, -2);
  if (width <= columns) return rows;
  const left = nameWidth - (width - columns);
  return left < SHORTEST_NAME ? undefined : withNames(rows, left);
}

function withNames(rows: readonly Row[], width: number): readonly Row[] {
  return rows.map(([name = "", ...rest]) => [shortenMiddle(name, width), ...rest]);
}

function withPlansBelow(rows: readonly Row[], columns: number): string {
  const isPlanned = (row: Row): boolean => row.length > PLAN_COLUMN;
  const plans = rows.map((row, index) => (index > 0 && isPlanned(row) ? row[PLAN_COLUMN] : ""));
  const others = rows.map((row) => (isPlanned(row) ? row.toSpliced(PLAN_COLUMN, 1) : row));
  const narrow = fitted(others, columns) ?? withNames(others, SHORTEST_NAME);
  const lines = [...aligned(narrow, PLAN_COLUMN - 1, narrow[0]?.length ?? 0)].join("").split("\n");
  return lines
    .map((line, index) => (plans[index] ? `${line}\n  ${plans[index]}` : line))
    .join("\n");
}

/** @param lastText the last column that holds words: those after it hold numbers. */
function aligned(rows: Iterable<Row>, lastText: number, columnCount: number): Iterable<string> {
  const numbers = Array.from({ length: columnCount }, (_, column) => column).slice(lastText + 1);
  return tableLines(rows, {
    right: new Set([1, ...numbers]),
    widestColumn: Number.POSITIVE_INFINITY,
  });
}
