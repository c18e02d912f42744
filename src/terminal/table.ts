/** Columns of text for reports; the last column is as wide as it is. */
import { sanitizeLine } from "./sanitize.ts";
import { displayWidth } from "./width.ts";

/** Wider cells push the rest of their line aside instead of the whole column. */
const WIDEST_COLUMN = 40;

export interface TableLayout {
  /** Columns of numbers, which end below each other. */
  readonly right?: ReadonlySet<number>;
  /** The widest that a column gets. */
  readonly widestColumn?: number;
}

/** @returns lines, each with a line feed, columns two blanks apart. */
export function tableText(
  rows: readonly (readonly string[])[],
  { right = new Set(), widestColumn = WIDEST_COLUMN }: TableLayout = {},
): string {
  const widths = columnWidths(rows, sanitizeLine).map((width) => Math.min(widestColumn, width));
  const padded = (cell: string, column: number): string => {
    const blanks = " ".repeat(Math.max(0, (widths[column] ?? 0) - displayWidth(cell)));
    return right.has(column) ? `${blanks}${cell}` : `${cell}${blanks}`;
  };
  const line = (row: readonly string[]): string =>
    `${row.map(sanitizeLine).map(padded).join("  ").trimEnd()}\n`;
  return rows.map(line).join("");
}

/**
 * In a terminal's columns; a cell that ends its row early runs on, and asks for no width.
 *
 * @param shown what a cell looks like
 */
export function columnWidths(
  rows: readonly (readonly string[])[],
  shown: (cell: string) => string = (cell) => cell,
): number[] {
  const columnCount = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const widths = Array.from({ length: columnCount }, () => 0);
  for (const row of rows) {
    const asking = row.length === columnCount ? row : row.slice(0, -1);
    asking.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, displayWidth(shown(cell)));
    });
  }
  return widths;
}
