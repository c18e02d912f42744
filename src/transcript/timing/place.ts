/** Times for text that came without: by where somebody speaks and by how long a text takes to say. */
import { mergeIntervals, totalMs } from "../intervals.ts";
import { sentencesOf } from "../sentences.ts";
import type { Interval, Segment, Word } from "../transcript.ts";
import { shareOut, type Voiced, voicedTime } from "./shares.ts";
import { speechWeight } from "./speech-weight.ts";
import { unitsOf } from "./units.ts";

/** Nobody speaks faster, so that with less voiced time the detector missed some. */
const LEAST_MS_PER_SYLLABLE = 50;

/**
 * A segment whose bounds are only the audio's becomes one segment a sentence. Each gets a share of
 * the speech within the bounds by the length of its text; where there is none, of the bounds. All
 * are `approximate`. A segment with measured times, or with words, is left as it is.
 *
 * @param speech of the recording, in its time, like the segment
 * @param options `words`: words get times in the same way
 */
export function placeByVoice(
  segment: Segment,
  speech: readonly Interval[],
  options: { readonly words: boolean },
): Segment[] {
  if (segment.approximate !== true || segment.words !== undefined) return [segment];
  const { text } = segment;
  const sentences = sentencesOf(text).map(({ start, end }) => text.slice(start, end));
  if (sentences.length === 0) return [segment];
  const weights = sentences.map(speechWeight);
  const voiced = voicedTime(voicedWithin(segment, speech, weights));
  const bounds = { startMs: 0, endMs: voiced.map.lengthMs };
  return shareOut(voiced, bounds, weights).map((share, index): Segment => {
    const sentence = sentences[index] ?? "";
    const words = options.words ? placedWords(sentence, voiced, share) : [];
    return {
      ...segment,
      text: sentence,
      ...voiced.map.interval(share),
      ...(words.length === 0 ? {} : { words }),
    };
  });
}

/** Where somebody speaks within the bounds; the bounds where that is nowhere near enough time. */
export function voicedWithin(
  { startMs, endMs }: Interval,
  speech: readonly Interval[],
  weights: readonly number[],
): Interval[] {
  const within = speech
    .map((interval) => ({
      startMs: Math.max(startMs, interval.startMs),
      endMs: Math.min(endMs, interval.endMs),
    }))
    .filter((interval) => interval.startMs < interval.endMs);
  const syllables = weights.reduce((sum, weight) => sum + weight, 0);
  const voiced = mergeIntervals(within);
  const enough = voiced.length > 0 && totalMs(voiced) >= syllables * LEAST_MS_PER_SYLLABLE;
  return enough ? voiced : [{ startMs, endMs }];
}

function placedWords(sentence: string, voiced: Voiced, share: Interval): Word[] {
  const words = wordsOf(sentence);
  return shareOut(voiced, share, words.map(speechWeight)).map((wordShare, index) => ({
    text: words[index] ?? "",
    ...voiced.map.interval(wordShare),
  }));
}

const OPENING = /[\p{Ps}\p{Pi}"'¿¡]+$/u;

/**
 * Words as recognisers give them: Chinese by character, punctuation with the word before it, and
 * what opens (brackets, quotation marks) with the word after it.
 */
function wordsOf(sentence: string): string[] {
  const starts = unitsOf(sentence).map(({ start }, index, units) => {
    const after = units[index - 1]?.end ?? 0;
    const between = sentence.slice(after, start);
    const opening = OPENING.exec(between)?.[0].length ?? 0;
    // A quotation mark right after a word closes.
    const opens = opening < between.length || /^[\p{Ps}\p{Pi}]/u.test(between);
    return index === 0 ? 0 : start - (opens ? opening : 0);
  });
  return starts.map((start, index) => sentence.slice(start, starts[index + 1]).trim());
}
