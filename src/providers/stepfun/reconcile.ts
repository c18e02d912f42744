/**
 * The text of `done` wins over the joined deltas: it may be punctuated, corrected, written with
 * figures. The groups keep their times and get their share of it.
 */
import { align } from "./align.ts";
import type { Group } from "./groups.ts";

/** @returns groups whose texts join to exactly `text`; those that got none of it are gone. */
export function reconcile(groups: readonly Group[], text: string): Group[] {
  const joined = groups.map((group) => group.text).join("");
  if (joined === text) return [...groups];
  if (groups.length === 0) return [{ text }];
  const places = align(joined, text);
  let offset = 0;
  let start = 0;
  return groups
    .map((group, index) => {
      offset += group.text.length;
      const isLast = index === groups.length - 1;
      const end = isLast ? text.length : Math.max(start, boundary(text, places[offset] ?? 0));
      const piece = text.slice(start, end);
      start = end;
      return { ...group, text: piece };
    })
    .filter((group) => group.text !== "");
}

const LETTER = /[\p{L}\p{N}]/u;
const UNSPACED = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u;
/** Closes what stands before it: a full stop, a comma, a quotation mark. */
const CLOSING = /[\p{Pe}\p{Pf}\p{Po}]/u;

/** The offset, or where the word (in scripts with spaces) or its punctuation ends. */
function boundary(text: string, offset: number): number {
  let end = offset;
  while (end > 0 && end < text.length && (isInWord(text, end) || isInPair(text, end))) end++;
  while (end > 0 && CLOSING.test(text[end] ?? "")) end++;
  return end;
}

function isInWord(text: string, offset: number): boolean {
  return [text[offset - 1] ?? "", text[offset] ?? ""].every(
    (character) => LETTER.test(character) && !UNSPACED.test(character),
  );
}

/** Between the halves of a surrogate pair. */
function isInPair(text: string, offset: number): boolean {
  const half = text.charCodeAt(offset);
  return half >= 0xdc00 && half <= 0xdfff;
}
