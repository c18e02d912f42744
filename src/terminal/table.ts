/** Columns of text for reports; the last column is as wide as it is. */
import { sanitizeLine } from "./sanitize.ts";
import { displayWidth } from "./width.ts";

/** Wider cells push the rest of their line aside instead of the whole column. */
const WIDEST_COLUMN = 40;

type Rows = Iterable<readonly string[]>;

export interface TableLayout {
  /** Columns of numbers, which end below each other. */
  readonly right?: ReadonlySet<number>;
  /** The widest that a column gets. */
  readonly widestColumn?: number;
}

/** @returns lines, each with a line feed, columns two blanks apart. */
export function tableText(rows: Rows, layout: TableLayout = {}): string {
  return [...tableLines(rows, layout)].join("");
}

/**
 * As {@link tableText}, a line at a time.
 *
 * @param rows gone through twice: very many may be made as they are asked for
 */
export function* tableLines(
  rows: Rows,
  { right = new Set(), widestColumn = WIDEST_COLUMN }: TableLayout = {},
): Generator<string> {
  const widths = columnWidths(rows, sanitizeLine).map((width) => Math.min(widestColumn, width));
  const padded = (cell: string, column: number): string => {
    const blanks = " ".repeat(Math.max(0, (widths[column] ?? 0) - displayWidth(cell)));
    return right.has(column) ? `${blanks}${cell}` : `${cell}${blanks}`;
  };
  for (const row of rows) {
    yield `${row.map(sanitizeLine).map(padded).join("  ").trimEnd()}\n`;
  }
}

/**
 * In a terminal's columns; a cell that ends its row early runs on, and asks for no width.
 *
 * @param shown what a cell looks like
 */
export function columnWidths(
  rows: Rows,
  shown: (cell: string) => string = (cell) => cell,
): number[] {
  const widths: number[] = [];
  /** Of the last cells of the longest rows so far: longer ones make them ends that run on. */
  let lastWidth = 0;
  for (const row of rows) {
    if (row.length > widths.length) {
      lastWidth = 0;
      while (widths.length < row.length) widths.push(0);
    }
    row.forEach((cell, column) => {
      const width = displayWidth(shown(cell));
      if (column < row.length - 1) widths[column] = Math.max(widths[column] ?? 0, width);
      else if (row.length === widths.length) lastWidth = Math.max(lastWidth, width);
    });
  }
  return widths.length === 0 ? [] : [...widths.slice(0, -1), lastWidth];
}
