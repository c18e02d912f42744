/** A report as a table for spreadsheets: a file a line, what is pooled last. */
import { RATE_NAMES } from "../rates.ts";
import type { EvalReport, ReportCounts } from "./schema.ts";

const FIELDS = ["rate", "errors", "reference", "substitutions", "deletions", "insertions"] as const;

/**
 * RFC 4180. A name that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, "CSV
 * injection").
 */
function cell(value: string | number | null): string {
  if (value === null) return "";
  const text = String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function row(name: string, counts: (rate: (typeof RATE_NAMES)[number]) => ReportCounts) {
  return [name, ...RATE_NAMES.flatMap((rate) => FIELDS.map((field) => counts(rate)[field]))];
}

export function reportCsv({ files, pooled }: EvalReport): string {
  const heading = RATE_NAMES.flatMap((rate) => FIELDS.map((field) => `${rate}_${field}`));
  const rows = [
    ["file", ...heading],
    ...files.map((file) => row(file.name, (rate) => file[rate])),
    row("(pooled)", (rate) => pooled[rate]),
  ];
  return rows.map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}
