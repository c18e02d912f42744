/** A list of pairs: a hypothesis or recording, a tab, its reference. */
import { usageError } from "../../errors.ts";

export interface ListedPair {
  /** A path. */
  readonly hypothesis: string;
  /** A path, or the text itself. */
  readonly reference: string;
  /** "pairs.tsv:3". */
  readonly place: string;
}

const HYPOTHESIS_NAMES = ["hypothesis", "audio", "file", "path"];
const REFERENCE_NAMES = ["reference", "text", "transcript"];

interface Columns {
  readonly hypothesis: number;
  readonly reference: number;
}

function columnsOf(cells: readonly string[]): Columns | undefined {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const hypothesis = names.findIndex((name) => HYPOTHESIS_NAMES.includes(name));
  const reference = names.findIndex((name) => REFERENCE_NAMES.includes(name));
  return hypothesis === -1 || reference === -1 ? undefined : { hypothesis, reference };
}

/**
 * A first line with the names of both columns is a heading, and there may be more columns; without one
 * there are two. Empty lines are passed over.
 *
 * @throws AsrError kind "usage", with the line, for one that is no pair
 */
export function readPairList(content: string, name: string): ListedPair[] {
  const lines = content.replace(/^\ufeff/, "").split(/\r\n|\n/);
  const heading = columnsOf(lines[0]?.split("\t") ?? []);
  const columns = heading ?? { hypothesis: 0, reference: 1 };
  return lines.flatMap((line, index) => {
    if (line.trim() === "" || (index === 0 && heading !== undefined)) return [];
    const place = `${name}:${index + 1}`;
    const cells = line.split("\t");
    const hypothesis = cells[columns.hypothesis]?.trim();
    const reference = cells[columns.reference]?.trim();
    const isPair = heading !== undefined || cells.length === 2;
    if (isPair && hypothesis && reference !== undefined) return [{ hypothesis, reference, place }];
    throw usageError(
      `${place} is no pair`,
      "each line has a hypothesis or recording, a tab and its reference",
      heading === undefined ? `it has ${cells.length} columns instead of 2` : "a column is missing",
    );
  });
}
