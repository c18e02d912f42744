/** What segments and lines say as running text, and where it goes on in the next. */
import { joinTexts } from "../transcript/text.ts";
import { isDialogue } from "./dialogue.ts";

/** Lines as one; in a dialogue they stay lines. */
export function runningText(lines: readonly string[]): string {
  if (isDialogue(lines)) return lines.join("\n");
  return lines
    .map((line, index) => (isApart(lines[index - 1] ?? "", line) ? ` ${line}` : line))
    .join("")
    .trimStart();
}

/** Texts without a mark between them are told apart by a blank, as words are, Chinese ones too. */
export function isApart(text: string, next: string): boolean {
  return joinTexts([text, next]) !== `${text}${next}` || !/\p{P}$/u.test(text);
}

/**
 * Whether a sentence may go on in the next segment, for all that marks tell. Chinese subtitles have
 * none at the end of a cue: there nothing does but a small letter.
 */
export function endsOpen(text: string, next: string, areCues: boolean): boolean {
  if (/[\p{P}]["'”’」』）)]*$/u.test(text)) return false;
  return !areCues || /^\P{L}*\p{Ll}/u.test(next);
}

/** A dialogue in one cue: what is said before or after it is in neither turn. */
export function isSeveralTurns(text: string): boolean {
  return text.includes("\n");
}
