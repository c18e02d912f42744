/** Cuts running text into sentences. */

/** Offsets in UTF-16 code units: `text.slice(start, end)` is the sentence, without spaces around. */
export interface Sentence {
  readonly start: number;
  readonly end: number;
}

// A full stop inside a number, an address or an abbreviation (3.14, feishu.cn, a.m.) ends nothing;
// before Chinese, which writes no space after it, it does. Whatever closes (quotation marks,
// brackets) belongs to the sentence before it.
const SENTENCE_END = /(?:[。！？!?；;…]+|\.+(?![\p{Script=Latin}\p{N}.]))["'”’」』）)\]》]*|\n+/gu;

export function sentencesOf(text: string): Sentence[] {
  const ends = [...text.matchAll(SENTENCE_END)].map((match) => match.index + match[0].length);
  const sentences: Sentence[] = [];
  let from = 0;
  for (const to of [...ends, text.length]) {
    const piece = text.slice(from, to);
    const start = from + piece.length - piece.trimStart().length;
    if (piece.trim() !== "") sentences.push({ start, end: from + piece.trimEnd().length });
    from = to;
  }
  return sentences;
}
