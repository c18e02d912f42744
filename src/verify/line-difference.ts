/** Two texts line by line, as `diff -u` shows them. */
import type { Operation } from "../scoring/align/runs.ts";
import { alignTokens } from "../scoring/score.ts";
import { shiftsMs, shiftText, timesIn } from "./times.ts";

/** A stretch within a line, as the characters of both are aligned. */
interface CharacterRun {
  readonly operation: Operation;
  readonly expected: string;
  readonly actual: string;
}

export type DifferenceLine =
  /** The same on both sides. */
  | { readonly kind: "same"; readonly text: string }
  | { readonly kind: "expected" | "actual"; readonly text: string; readonly note?: string }
  /** A line that changed within, by character. */
  | { readonly kind: "changed"; readonly runs: readonly CharacterRun[] }
  /** Lines that are the same are left out here. */
  | { readonly kind: "gap"; readonly lineCount: number };

/** Equal lines shown before and after a difference. */
const CONTEXT_LINES = 1;

const UNSPACED = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]/u;

const linesOf = (text: string): string[] =>
  text === "" ? [] : text.replace(/\n$/, "").split("\n");

/**
 * @param format name of the transcript format: what in it is a time
 * @param expected without a line feed at its end, as `actual`
 */
export function lineDifference(format: string, expected: string, actual: string): DifferenceLine[] {
  const [before, after] = [linesOf(expected), linesOf(actual)];
  const runs = alignTokens({ reference: before, hypothesis: after });
  const lines: DifferenceLine[] = [];
  let row = 0;
  let column = 0;
  for (const [index, { operation, length }] of runs.entries()) {
    const rows = operation === "insert" ? 0 : length;
    const columns = operation === "delete" ? 0 : length;
    const gone = before.slice(row, row + rows);
    const come = after.slice(column, column + columns);
    if (operation === "equal") lines.push(...context(gone, index > 0, index < runs.length - 1));
    else if (operation === "substitute") {
      lines.push(...gone.flatMap((line, at) => changed(format, line, come[at] ?? "")));
    } else {
      lines.push(...gone.map((text) => ({ kind: "expected" as const, text })));
      lines.push(...come.map((text) => ({ kind: "actual" as const, text })));
    }
    row += rows;
    column += columns;
  }
  return lines;
}

function context(lines: readonly string[], isAfter: boolean, isBefore: boolean): DifferenceLine[] {
  const first = isAfter ? CONTEXT_LINES : 0;
  const last = isBefore ? CONTEXT_LINES : 0;
  const same = (text: string): DifferenceLine => ({ kind: "same", text });
  const lineCount = lines.length - first - last;
  if (lineCount <= 0) return lines.map(same);
  return [
    ...lines.slice(0, first).map(same),
    { kind: "gap", lineCount },
    ...lines.slice(lines.length - last).map(same),
  ];
}

function changed(format: string, expected: string, actual: string): DifferenceLine[] {
  const [timed, shifted] = [timesIn(format, expected), timesIn(format, actual)];
  const shifts = timed.around === shifted.around ? shiftsMs(timed, shifted) : undefined;
  if (shifts !== undefined && shifts.length > 0) {
    const note = shifts.map(shiftText).join(", ");
    return [
      { kind: "expected", text: expected },
      { kind: "actual", text: actual, note },
    ];
  }
  if (UNSPACED.test(expected) && UNSPACED.test(actual)) {
    return [{ kind: "changed", runs: byCharacter(expected, actual) }];
  }
  return [
    { kind: "expected", text: expected },
    { kind: "actual", text: actual },
  ];
}

function byCharacter(expected: string, actual: string): CharacterRun[] {
  const reference = Array.from(expected);
  const hypothesis = Array.from(actual);
  let row = 0;
  let column = 0;
  const runs: { -readonly [Key in keyof CharacterRun]: CharacterRun[Key] }[] = [];
  for (const { operation, length } of alignTokens({ reference, hypothesis })) {
    const rows = operation === "insert" ? 0 : length;
    const columns = operation === "delete" ? 0 : length;
    const gone = reference.slice(row, row + rows).join("");
    const come = hypothesis.slice(column, column + columns).join("");
    row += rows;
    column += columns;
    const last = runs.at(-1);
    // Neighbouring errors read as one.
    if (last === undefined || (last.operation === "equal") !== (operation === "equal")) {
      runs.push({ operation, expected: gone, actual: come });
    } else {
      last.operation = "substitute";
      last.expected += gone;
      last.actual += come;
    }
  }
  return runs;
}
