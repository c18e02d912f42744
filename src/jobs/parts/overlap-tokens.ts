/** The words around an overlap, from the segments that say them. */

import { unitsOf } from "../../transcript/timing/units.ts";
import type { Segment, Word } from "../../transcript/transcript.ts";

export interface Token {
  /** Without case and punctuation. */
  readonly key: string;
  /** Of its segment in the list. */
  readonly segmentIndex: number;
  /** In the segment's text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** Whether text may be cut after it: not inside a word. */
  readonly endsWord: boolean;
  /** Of the word that it belongs to, as the recogniser timed it. */
  readonly time?: Pick<Word, "startMs" | "endMs">;
}

/** A word's place in the text; undefined where the words are not those of the text. */
export interface PlacedWord {
  readonly word: Word;
  readonly start: number;
  readonly end: number;
}

/** The words of a segment with their places in its text. */
export function placedWords({ text, words = [] }: Segment): PlacedWord[] | undefined {
  const placed: PlacedWord[] = [];
  let from = 0;
  for (const word of words) {
    const bare = word.text.trim();
    const start = text.indexOf(bare, from);
    if (start === -1) return undefined;
    from = start + bare.length;
    placed.push({ word, start, end: from });
  }
  return placed;
}

/** @param segmentIndex what the tokens say of where they are from */
export function tokensOf(segment: Segment, segmentIndex: number): Token[] {
  const placed = segment.approximate === true ? [] : (placedWords(segment) ?? []);
  let at = 0;
  return unitsOf(segment.text).map(({ start, end }, index, units): Token => {
    while ((placed[at]?.end ?? Number.POSITIVE_INFINITY) <= start) at++;
    const inWord = placed[at];
    const nextStart = units[index + 1]?.start ?? Number.POSITIVE_INFINITY;
    const key = keyOf(segment.text.slice(start, end));
    const glued = nextStart === end && HANGUL.test(key);
    const timed = inWord !== undefined && inWord.start < end;
    return {
      key,
      segmentIndex,
      start,
      end,
      endsWord: !glued && (!timed || nextStart >= inWord.end),
      ...(timed ? { time: inWord.word } : {}),
    };
  });
}

/** Korean is compared by syllable, but writes words. */
const HANGUL = /\p{Script=Hangul}/u;

/** As words are compared: full-width forms, case, accents' spelling and marks do not count. */
function keyOf(text: string): string {
  const bare = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, "");
  return bare === "" ? text : bare;
}
