/** Stretches of a text that should stay together: hotwords, names, and what stands in brackets. */

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
  ["«", "»"],
  ["‹", "›"],
]);
const BRACKETS = /[()[\]{}（）［］【】〔〕《》〈〉「」『』“”‘’«»‹›]/g;

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

/**
 * In how many stretches a place of a text lies: it does not where one begins or ends. Told at once,
 * however many stretches there are.
 */
export function depthsOf(
  stretches: readonly Stretch[],
  length: number,
): (offset: number) => number {
  if (stretches.length === 0) return () => 0;
  const depths = new Int32Array(length + 2);
  for (const { start, end } of stretches) {
    depths[start + 1] = (depths[start + 1] ?? 0) + 1;
    depths[end] = (depths[end] ?? 0) - 1;
  }
  for (let at = 1; at < depths.length; at += 1) {
    depths[at] = (depths[at] ?? 0) + (depths[at - 1] ?? 0);
  }
  return (offset) => depths[offset] ?? 0;
}

const NAME = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]{2,8}\p{P}*$/u;

/**
 * What a recogniser takes for one word, of a script without blanks: it may know names (腾讯云) that
 * the dictionary cuts up. Longer ones are phrases.
 *
 * @param longest in columns
 */
export function wordStretches<Placed extends Stretch>(
  text: string,
  words: readonly Placed[],
  longest: number,
): Placed[] {
  return words.filter(
    ({ start, end }) => NAME.test(text.slice(start, end)) && (end - start) * 2 <= longest,
  );
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
