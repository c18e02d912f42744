/** Cuts the end off the segments of one part, and the beginning off those of the next. */
import type { Segment, Word } from "../../transcript/transcript.ts";
import { placedWords } from "./overlap-tokens.ts";

/** A place in the text of one of several segments. */
export interface TextPlace {
  readonly segmentIndex: number;
  /** In UTF-16 code units. */
  readonly offset: number;
}

const OPENING_AT_END = /[\s\p{Ps}\p{Pi}]+$/u;
/** What belongs to the word before it; a quotation mark that opens does not. */
const CLOSING_AT_START = /^(?:[\s\p{Pe}\p{Pf}\p{Pd}]|(?![\p{Ps}\p{Pi}"'¿¡#@%&])\p{Po})+/u;
const CLOSING_MARKS = /^(?:[\p{Pe}\p{Pf}]|(?![\p{Ps}\p{Pi}"'¿¡#@%&])\p{Po})+/u;

/** The punctuation that stands right after a place. */
export function marksAfter(text: string, offset: number): string {
  return CLOSING_MARKS.exec(text.slice(offset))?.[0] ?? "";
}

/**
 * What is left up to a place; a segment of which nothing is left is missing.
 *
 * @param marks punctuation to end with, in place of what stood there
 * @param cutMs when the place is said, as far as one knows
 */
export function keepBefore(
  segments: readonly Segment[],
  { segmentIndex, offset }: TextPlace,
  marks: string,
  cutMs: number,
): Segment[] {
  return segments.slice(0, segmentIndex + 1).flatMap((segment, index) => {
    if (index < segmentIndex) return [segment];
    const { text, startMs, endMs } = segment;
    const bare = text.slice(0, offset).replace(OPENING_AT_END, "");
    if (bare === "") return [];
    const words = keptWords(segment, (word, placed) => {
      if (placed === undefined) return word.startMs < cutMs ? word : undefined;
      if (placed.start >= bare.length) return undefined;
      if (placed.end <= bare.length) return word;
      const ending = placed.end === offset ? "" : marks;
      const within = Math.min(word.endMs, Math.max(word.startMs, cutMs));
      const isCut = text.slice(offset, placed.end).match(/[\p{L}\p{N}]/u) !== null;
      return {
        ...word,
        text: text.slice(placed.start, bare.length) + ending,
        endMs: isCut ? within : word.endMs,
      };
    });
    const isWhole = /^[^\p{L}\p{N}]*$/u.test(text.slice(offset)) && index === segments.length - 1;
    const lastMs = words?.at(-1)?.endMs ?? Math.min(endMs, Math.max(startMs, cutMs));
    return [
      rebuilt(segment, bare + marks, words, {
        startMs,
        endMs: isWhole && segment.approximate !== true ? endMs : lastMs,
      }),
    ];
  });
}

/** What is left after a place, without the punctuation that follows it. */
export function keepAfter(
  segments: readonly Segment[],
  { segmentIndex, offset }: TextPlace,
  cutMs: number,
): Segment[] {
  return segments.slice(segmentIndex).flatMap((segment, index) => {
    if (index > 0) return [segment];
    const { text, startMs, endMs } = segment;
    const rest = text.slice(offset).replace(CLOSING_AT_START, "");
    if (rest.trim() === "") return [];
    const from = text.length - rest.length;
    const words = keptWords(segment, (word, placed) => {
      if (placed === undefined) return word.endMs > cutMs ? word : undefined;
      if (placed.end <= from) return undefined;
      if (placed.start >= from) return word;
      const within = Math.min(word.endMs, Math.max(word.startMs, cutMs));
      return { ...word, text: text.slice(from, placed.end), startMs: within };
    });
    const firstMs = words?.[0]?.startMs ?? Math.max(startMs, Math.min(endMs, cutMs));
    return [rebuilt(segment, rest, words, { startMs: firstMs, endMs })];
  });
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function keptWords(
  segment: Segment,
  keep: (word: Word, placed: Place | undefined) => Word | undefined,
): Word[] | undefined {
  const placed = placedWords(segment);
  return segment.words?.flatMap((word, index) => keep(word, placed?.[index]) ?? []);
}

function rebuilt(
  { words: _, ...segment }: Segment,
  text: string,
  words: readonly Word[] | undefined,
  bounds: Pick<Segment, "startMs" | "endMs">,
): Segment {
  return {
    ...segment,
    text,
    ...bounds,
    ...(words === undefined || words.length === 0 ? {} : { words }),
  };
}
