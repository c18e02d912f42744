/** How wide a text is, and how long it takes to read. */
import { eastAsianWidth } from "get-east-asian-width";
import type { SubtitleStyle } from "./style.ts";

const ASCII = /^[\x20-\x7e]*$/;
/** No joining, no marks: every character is a grapheme of its own. */
const SIMPLE =
  /^[\x20-\x7e\u00a0-\u02ff\u2010-\u2027\u3000-\u3029\u3040-\u3096\u30a0-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff00-\uff9d]*$/;
/** Nothing but ideographs, kana, Hangul, and the commonest full-width marks. */
const FULL_WIDTH =
  /^[\u3001-\u3002\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e]*$/;
const WIDTHLESS = /^[\p{M}\p{Cf}]+$/u;
const PICTURE =
  /\p{Extended_Pictographic}\ufe0f|\p{Emoji_Modifier}|\u20e3|\p{Regional_Indicator}{2}/u;
// Unicode leaves their width to the script around them; Chinese and Japanese fonts give them a
// full square (GB/T 15834, 5.1).
const FULL_IN_CHINESE = new Set("“”‘’—…⋯·");

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** What a reader sees as one character, in order. Quadratic beyond a few hundred characters. */
export function graphemesOf(text: string): string[] {
  if (SIMPLE.test(text)) return Array.from(text);
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

function columnsOfGrapheme(grapheme: string, columnsPerCharacter: 1 | 2): number {
  if (columnsPerCharacter === 2 && FULL_IN_CHINESE.has(grapheme)) return 2;
  if (WIDTHLESS.test(grapheme)) return 0;
  if (PICTURE.test(grapheme)) return 2;
  return eastAsianWidth(grapheme.codePointAt(0) ?? 0);
}

/** Columns of a screen: full-width characters take 2, others 1, marks none. */
export function columnsOf(text: string, columnsPerCharacter: 1 | 2): number {
  if (ASCII.test(text)) return text.length;
  if (FULL_WIDTH.test(text)) return text.length * 2;
  return graphemesOf(text).reduce(
    (sum, grapheme) => sum + columnsOfGrapheme(grapheme, columnsPerCharacter),
    0,
  );
}

type Counting = Pick<SubtitleStyle, "columnsPerCharacter">;

/**
 * Characters as the style counts them. Netflix's Chinese guide counts full-width ones, others as
 * half of one; in the English and the BBC's, where every letter is one, a full-width one is two.
 */
export function charactersOf(text: string, { columnsPerCharacter }: Counting): number {
  return columnsOf(text, columnsPerCharacter) / columnsPerCharacter;
}

/** Characters a second; a line break counts as nothing. */
export function readingSpeed(
  lines: readonly string[],
  durationMs: number,
  style: Counting,
): number {
  const characters = lines.reduce((sum, line) => sum + charactersOf(line, style), 0);
  return durationMs <= 0 ? Number.POSITIVE_INFINITY : (characters * 1000) / durationMs;
}

/** Shortest time to read so many columns, in whole milliseconds; 0 where there is no limit. */
export function readingMs(columns: number, { columnsPerCharacter, maxCps }: SubtitleStyle): number {
  if (maxCps === undefined) return 0;
  return Math.ceil((columns * 1000) / (columnsPerCharacter * maxCps));
}
