/** Commas and full stops that Chinese and Japanese subtitles leave out. */
import type { Punctuation } from "./style.ts";

// Full-width forms, and the Western ones that recognisers write after a Chinese character; a
// closing mark may follow. "..." is an ellipsis and stays, as do question and exclamation marks.
const WIDE_BEFORE =
  "(?<=[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303f\\uff00-\\uffef])";
const DROPPED = `(?:[，。、､｡]+|${WIDE_BEFORE}(?:,+|(?<!\\.)\\.(?!\\.)))`;
const AT_END = new RegExp(`${DROPPED}$`, "u");
// Before what closes nothing stands in their place.
const INSIDE = /[，。､｡]+\s*(?<closing>[\p{Pe}\p{Pf}])?/gu;

/** Whether a line ends in a mark that `drop` and `blank` leave out. */
export function endsInDroppedMark(line: string): boolean {
  return AT_END.test(line);
}

/** The end of a line as the style shows it; a text that is nothing but marks stays. */
export function punctuated(text: string, punctuation: Punctuation): string {
  const trimmed = text.trim();
  if (punctuation === "keep") return trimmed;
  const dropped = trimmed.replace(AT_END, "").trimEnd();
  if (dropped === "") return trimmed;
  return punctuation === "drop" ? dropped : insideLine(dropped, punctuation);
}

/** A piece of text as it stands inside a line. */
export function insideLine(text: string, punctuation: Punctuation): string {
  if (punctuation !== "blank") return text;
  return text.replace(INSIDE, (_marks, closing: string | undefined) => closing ?? " ");
}
