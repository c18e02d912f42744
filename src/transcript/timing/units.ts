/** The smallest pieces of a text that are said: a character of Chinese, Japanese or Korean, else a word. */
import { FULL_WIDTH_SCRIPTS } from "../full-width.ts";

/** Offsets in UTF-16 code units: `text.slice(start, end)` is the unit, without punctuation. */
export interface Unit {
  readonly start: number;
  readonly end: number;
}

/** A regular expression for such a character. */
export const SINGLE = `[${FULL_WIDTH_SCRIPTS}ー]\\p{M}*`;
// "don't", "3.14", "feishu.cn", "well-known", "co_op" are one word each.
const LETTER = `(?:(?!${SINGLE})[\\p{L}\\p{M}\\p{N}])`;
const WORD = `${LETTER}+(?:['’.,:_@&/-]${LETTER}+)*`;
const UNIT = new RegExp(`${SINGLE}|${WORD}|[$€£¥￥%％℃°+=#&@]`, "gu");

export function unitsOf(text: string): Unit[] {
  return [...text.matchAll(UNIT)].map(({ 0: { length }, index }) => ({
    start: index,
    end: index + length,
  }));
}
