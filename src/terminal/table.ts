/** Columns of text for reports; the last column is as wide as it is. */
import { sanitizeLine } from "./sanitize.ts";

/** Wider cells push the rest of their line aside instead of the whole column. */
const WIDEST_COLUMN = 40;

/** @returns lines, each with a line feed, columns two blanks apart. */
export function tableText(rows: readonly (readonly string[])[]): string {
  const clean = rows.map((row) => row.map(sanitizeLine));
  const columnCount = Math.max(0, ...clean.map((row) => row.length));
  const widths = Array.from({ length: columnCount }, (_, column) =>
    Math.min(WIDEST_COLUMN, Math.max(...clean.map((row) => row[column]?.length ?? 0))),
  );
  return clean
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join("");
}
