/** Punctuation becomes a space, where it does not belong to a word or a number. */

/** Letters of the scripts that put spaces between words: beside others ' is a quotation mark. */
const LETTER = "[\\p{L}--[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}]]";

// In a word an apostrophe, in a number its point, after it per cent and per mille; then all else. The
// tilde is a mathematical sign to Unicode, and a mark between words to its writers.
const MARKS = new RegExp(
  `(?<=${LETTER})(?<apostrophe>['’ʼ])(?=${LETTER})|(?<kept>(?<=\\d)\\.(?=\\d)|(?<=\\d)[%‰])|[\\p{P}~～]`,
  "gv",
);

/** "well-known" is "well known", "don’t" is "don't"; 3.14 and 5% stay. */
export function withoutPunctuation(text: string): string {
  return text.replace(MARKS, (mark: string, apostrophe?: string, kept?: string) => {
    if (apostrophe !== undefined) return "'";
    return kept === undefined ? " " : mark;
  });
}
