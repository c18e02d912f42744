/** Chinese punctuation. */

const FULL_WIDTH: Readonly<Record<string, string>> = {
  ",": "，",
  "?": "？",
  "!": "！",
  ":": "：",
  ";": "；",
};

/** A half-width mark after a Chinese character, with the space that may follow it. */
const HALF_WIDTH = /(?<=\p{Script=Han}["”]?)[,?!:;] ?/gu;

/**
 * Chinese text with the marks that Chinese is set with: Whisper writes half of them as English
 * has them. Other text is left alone: the marks after it are its own.
 */
export function chinesePunctuation(text: string): string {
  return text.replace(HALF_WIDTH, (mark) => FULL_WIDTH[mark[0] ?? ""] ?? mark);
}
