/** Scripts of which a character is as wide as it is high, and mostly a syllable; for a class. */
export const FULL_WIDTH_SCRIPTS =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Bopomofo}";
