/** Cuts text into words, blanks and punctuation marks. */

/** Offsets in UTF-16 code units of the text that was cut. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly kind: "word" | "blank" | "mark";
  /** A word of a script that is written without blanks. */
  readonly unspaced: boolean;
}

const UNSPACED =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Bopomofo}\\p{Script=Thai}" +
  "\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\u3005\\u3007\\u30fc\\uff70";
// Full-width marks, and those that Chinese shares with Western text. The ideographic iteration
// mark (々), the ideographic zero and the long vowel mark are letters.
const MARK =
  "\\u3000-\\u3004\\u3008-\\u3020\\u3030\\u30fb\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40" +
  "\\uff5b-\\uff65\\u2018\\u2019\\u201c\\u201d\\u2014\\u2026\\u22ef\\u00b7";
const BLANK = "\\s";
const TOKEN = new RegExp(
  `(?<blank>[${BLANK}]+)|(?<mark>[${MARK}])|(?<unspaced>[${UNSPACED}\\p{M}]+)|[^${BLANK}${MARK}${UNSPACED}]+`,
  "gu",
);

const words = new Intl.Segmenter("zh", { granularity: "word" });

/** A run without a blank or a mark is cut into words in pieces of this length: it is quadratic. */
const LONGEST_RUN = 200;

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const { 0: run, index, groups } of text.matchAll(TOKEN)) {
    if (groups?.unspaced === undefined) {
      const kind =
        groups?.blank !== undefined ? "blank" : groups?.mark === undefined ? "word" : "mark";
      tokens.push({ text: run, start: index, end: index + run.length, kind, unspaced: false });
    } else addWords(tokens, run, index);
  }
  return tokens;
}

function addWords(tokens: Token[], run: string, offset: number): void {
  const add = (text: string, start: number): void => {
    tokens.push({ text, start, end: start + text.length, kind: "word", unspaced: true });
  };
  if (run.length <= 1) {
    add(run, offset);
    return;
  }
  for (let from = 0; from < run.length; ) {
    let to = Math.min(run.length, from + LONGEST_RUN);
    // Never between the halves of a surrogate pair.
    if (to < run.length && /[\ud800-\udbff]/.test(run.charAt(to - 1))) to += 1;
    for (const { segment, index } of words.segment(run.slice(from, to))) {
      add(segment, offset + from + index);
    }
    from = to;
  }
}
