/** Takes out what two parts both say, where they were cut in the middle of speech. */
import type { Interval, Segment } from "../../transcript/transcript.ts";
import { type Match, matchOverlap } from "./overlap-match.ts";
import { type Token, tokensOf } from "./overlap-tokens.ts";
import { keepAfter, keepBefore, marksAfter, type TextPlace } from "./overlap-trim.ts";

/** Measured times may be off by so much. */
export const NEAR_OVERLAP_MS = 500;
/** Nobody says more words, or syllables where those are counted, a second; and some more. */
const TOKENS_PER_SECOND = 8;
const MORE_TOKENS = 4;

export interface JoinedSegments {
  readonly earlier: Segment[];
  readonly later: Segment[];
}

/**
 * The segments of two neighbouring parts without doubled words: by the words that are the same, cut
 * in their middle; where none are, by the times of words; where there are none, nothing is taken
 * out. Each channel is joined by itself. Only what can lie in the overlap is touched.
 *
 * @param overlap what both parts were given, in the time of the recording, as are the segments
 */
export function joinOverlap(
  earlier: readonly Segment[],
  later: readonly Segment[],
  overlap: Interval,
): JoinedSegments {
  const channels = new Set(earlier.map(({ channel }) => channel));
  const joined = { earlier: [...earlier], later: [...later] };
  for (const channel of channels) {
    const before = earlier.filter((segment) => segment.channel === channel);
    const after = later.filter((segment) => segment.channel === channel);
    const edit = joinChannel(before, after, overlap);
    if (edit === undefined) continue;
    joined.earlier = joined.earlier.flatMap((segment) => {
      const index = before.indexOf(segment);
      return index === -1 ? [segment] : (edit.earlier[index] ?? []);
    });
    // The first ones are missing here: what is left lines up at the end.
    joined.later = joined.later.flatMap((segment) => {
      const index = after.indexOf(segment);
      return index === -1
        ? [segment]
        : (edit.later[index + edit.later.length - after.length] ?? []);
    });
  }
  return joined;
}

function joinChannel(
  earlier: readonly Segment[],
  later: readonly Segment[],
  overlap: Interval,
): JoinedSegments | undefined {
  const most = Math.ceil(((overlap.endMs - overlap.startMs) * TOKENS_PER_SECOND) / 1000);
  const ending = endingTokens(earlier, overlap.startMs - NEAR_OVERLAP_MS, most + MORE_TOKENS);
  const beginning = beginningTokens(later, overlap.endMs + NEAR_OVERLAP_MS, most + MORE_TOKENS);
  const matches = matchOverlap(ending, beginning);
  if (matches === undefined) return joinByTimes(earlier, later, ending, beginning, overlap);
  const { earlier: position, later: counterpart, whole } = middleOf(matches, ending, beginning);
  const a = ending[position];
  const b = beginning[counterpart];
  if (a === undefined || b === undefined) return undefined;
  const middleMs = Math.round((overlap.startMs + overlap.endMs) / 2);
  if (whole === "later") {
    return {
      earlier: keepBefore(earlier, placeBefore(a), "", a.time?.startMs ?? middleMs),
      later: keepAfter(later, placeBefore(b), b.time?.startMs ?? middleMs),
    };
  }
  const cutMs = a.time?.endMs ?? b.time?.endMs ?? middleMs;
  // The end of a part looks like the end of a sentence, which it is not.
  const knows = position === ending.length - 1 && counterpart < beginning.length - 1 ? b : a;
  const source = (knows === b ? later : earlier)[knows.segmentIndex];
  const marks = marksAfter(source?.text ?? "", knows.end);
  return {
    earlier: keepBefore(earlier, placeAfter(a), marks, cutMs),
    later: keepAfter(later, placeAfter(b), cutMs),
  };
}

/** The pair in the middle, or the one next to it that both have whole and that ends a word. */
function middleOf(
  matches: readonly Match[],
  ending: readonly Token[],
  beginning: readonly Token[],
) {
  const middle = (matches.length - 1) / 2;
  const ranked = matches.map((match, index) => {
    const endsWord = ending[match.earlier]?.endsWord && beginning[match.later]?.endsWord;
    const drawbacks = (match.whole === "both" ? 0 : 2) + (endsWord ? 0 : 1);
    return { match, cost: drawbacks * matches.length + Math.abs(index - middle) };
  });
  return ranked.reduce((best, next) => (next.cost < best.cost ? next : best)).match;
}

/** Of two words in one half of the overlap, that of the part whose middle is nearer stays. */
function joinByTimes(
  earlier: readonly Segment[],
  later: readonly Segment[],
  ending: readonly Token[],
  beginning: readonly Token[],
  { startMs, endMs }: Interval,
): JoinedSegments | undefined {
  if (![...ending, ...beginning].every(({ time }) => time !== undefined)) return undefined;
  const middleMs = Math.round((startMs + endMs) / 2);
  const isBefore = ({ time }: Token) => time !== undefined && time.endMs <= middleMs;
  const isAfter = ({ time }: Token) => time !== undefined && time.startMs >= middleMs;
  // What only one part heard stays.
  const first = beginning.some((token) => isAfter(token) && (token.time?.startMs ?? 0) < endMs)
    ? ending.find(isAfter)
    : undefined;
  const last = ending.some((token) => isBefore(token) && (token.time?.endMs ?? 0) > startMs)
    ? beginning.findLast(isBefore)
    : undefined;
  return {
    earlier:
      first === undefined ? [...earlier] : keepBefore(earlier, placeBefore(first), "", middleMs),
    later: last === undefined ? [...later] : keepAfter(later, placeAfter(last), middleMs),
  };
}

function placeBefore({ segmentIndex, start }: Token): TextPlace {
  return { segmentIndex, offset: start };
}

function placeAfter({ segmentIndex, end }: Token): TextPlace {
  return { segmentIndex, offset: end };
}

function endingTokens(segments: readonly Segment[], fromMs: number, most: number): Token[] {
  let tokens: Token[] = [];
  for (const [index, segment] of [...segments.entries()].reverse()) {
    if (tokens.length >= most || (segment.approximate !== true && segment.endMs < fromMs)) break;
    tokens = [...tokensOf(segment, index), ...tokens];
  }
  return tokens.slice(-most).filter(({ time }) => time === undefined || time.endMs >= fromMs);
}

function beginningTokens(segments: readonly Segment[], toMs: number, most: number): Token[] {
  const tokens: Token[] = [];
  for (const [index, segment] of segments.entries()) {
    if (tokens.length >= most || (segment.approximate !== true && segment.startMs > toMs)) break;
    tokens.push(...tokensOf(segment, index));
  }
  return tokens.slice(0, most).filter(({ time }) => time === undefined || time.startMs <= toMs);
}
