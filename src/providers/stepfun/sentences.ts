/** Where sentences end, in running text and between its pieces. */

/** What ends a sentence, whatever follows. */
export const MARKS = "。！？!?；;…";
/** What closes after a mark belongs to the sentence that it ended. */
export const CLOSING = `["'”’」』）)\\]》]*`;
/**
 * After a Latin full stop the sentence goes on with these: 3.14, stepfun.com, a.m. Chinese writes
 * no space after it.
 */
const CONTINUING = "[\\p{Script=Latin}\\p{N}.]";
export const GOES_ON = new RegExp(`^${CONTINUING}`, "u");

const SENTENCE_END = new RegExp(
  `(?:[${MARKS}]+|\\.+(?!${CONTINUING}))${CLOSING}\\s*|\\n+\\s*`,
  "gu",
);

/** The sentences of a text, which join to exactly the text. */
export function sentencesOf(text: string): string[] {
  const ends = [...text.matchAll(SENTENCE_END)].map((match) => match.index + match[0].length);
  return [...ends, text.length]
    .map((end, index, all) => text.slice(all[index - 1] ?? 0, end))
    .filter((sentence) => sentence !== "");
}
