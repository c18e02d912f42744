/** Where two texts differ, in place: by the mixed tokens, which are words or characters as one reads. */
import type { Operation } from "./align/runs.ts";
import { alignTokens, type TextPair } from "./score.ts";
import { mixedTokensOf } from "./tokens.ts";

/** A run of one operation, with what stands in each text; empty where nothing does. */
export interface DifferenceRun extends TextPair {
  readonly operation: Operation;
}

const UNSPACED = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]/u;

/** What stands between two tokens or runs of them: nothing beside a script without spaces. */
export function spaceBetween(before: string, after: string): "" | " " {
  const last = before.slice(-2);
  const first = after.slice(0, 2);
  const isTight = last === "" || first === "" || UNSPACED.test(last) || UNSPACED.test(first);
  return isTight ? "" : " ";
}

function joinTokens(tokens: readonly string[]): string {
  return tokens
    .map((token, index) => spaceBetween(tokens[index - 1] ?? "", token) + token)
    .join("");
}

export function differenceOf(pair: TextPair): DifferenceRun[] {
  const reference = mixedTokensOf(pair.reference);
  const hypothesis = mixedTokensOf(pair.hypothesis);
  let row = 0;
  let column = 0;
  return alignTokens({ reference, hypothesis }).map(({ operation, length }) => {
    const rows = operation === "insert" ? 0 : length;
    const columns = operation === "delete" ? 0 : length;
    const run = {
      operation,
      reference: joinTokens(reference.slice(row, row + rows)),
      hypothesis: joinTokens(hypothesis.slice(column, column + columns)),
    };
    row += rows;
    column += columns;
    return run;
  });
}
