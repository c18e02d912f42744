/** Stretches of a text that should stay together: hotwords, and what stands in brackets. */

/** Offsets in UTF-16 code units. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const CLOSING: ReadonlyMap<string, string> = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
  ["（", "）"],
  ["［", "］"],
  ["【", "】"],
  ["〔", "〕"],
  ["《", "》"],
  ["〈", "〉"],
  ["「", "」"],
  ["『", "』"],
  ["“", "”"],
  ["‘", "’"],
]);
const BRACKETS = /[()[\]{}（）［］【】〔〕《》〈〉「」『』“”‘’]/g;

/** Pairs of brackets and quotation marks, with what they hold; a bracket without a partner is none. */
export function bracketPairs(text: string): Stretch[] {
  const pairs: Stretch[] = [];
  const open: { readonly closing: string; readonly start: number }[] = [];
  for (const { 0: bracket, index } of text.matchAll(BRACKETS)) {
    const closing = CLOSING.get(bracket);
    if (closing !== undefined) {
      open.push({ closing, start: index });
      continue;
    }
    const partner = open.findLastIndex((candidate) => candidate.closing === bracket);
    const start = open[partner]?.start;
    if (start === undefined) continue;
    pairs.push({ start, end: index + bracket.length });
    open.length = partner;
  }
  return pairs;
}

const SYNTAX = /[\\^$.*+?()[\]{}|/]/g;

export type HotwordFinder = (text: string) => Stretch[];

/** Finds hotwords wherever they stand, in any case; the longest goes before those inside it. */
export function createHotwordFinder(hotwords: readonly string[]): HotwordFinder {
  const texts = [...new Set(hotwords.map((word) => word.trim()))]
    .filter((word) => word.length > 1)
    .toSorted((a, b) => b.length - a.length);
  if (texts.length === 0) return () => [];
  // A word of letters that is part of a longer word is another word.
  const patterns = texts.map((word) => {
    const before = /^[\p{Script=Latin}\p{N}]/u.test(word) ? "(?<![\\p{Script=Latin}\\p{N}])" : "";
    const after = /[\p{Script=Latin}\p{N}]$/u.test(word) ? "(?![\\p{Script=Latin}\\p{N}])" : "";
    return `${before}${word.replace(SYNTAX, "\\$&")}${after}`;
  });
  const pattern = new RegExp(patterns.join("|"), "giu");
  return (text) =>
    [...text.matchAll(pattern)].map(({ 0: { length }, index }) => ({
      start: index,
      end: index + length,
    }));
}
