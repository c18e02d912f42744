/** Where live speech is cut into utterances: in its pauses, as they come. Pure. */
import { totalMs } from "../transcript/intervals.ts";
import type { Interval } from "../transcript/transcript.ts";

/** When an utterance is over. */
export interface UtteranceRules {
  /** A pause that ends it. */
  readonly pauseMs: number;
  /** So little speech waits for a longer pause, and for company: it may be a cough, or "well". */
  readonly shortSpeechMs: number;
  readonly shortPauseMs: number;
  /** Audio before and after the speech; at most half of the pause there. */
  readonly marginMs: number;
  /** The longest it may be, margins included. */
  readonly maxMs: number;
  /** Where it must be cut, the longest pause of its last so many milliseconds is the place… */
  readonly pauseSearchMs: number;
  /** …or, where there is none, the quietest spot of so many. */
  readonly spotSearchMs: number;
}

export const UTTERANCE_RULES: UtteranceRules = {
  pauseMs: 600,
  shortSpeechMs: 300,
  shortPauseMs: 1_000,
  marginMs: 300,
  // Whisper takes 30 s at once; whoever reads along would not wait longer either.
  maxMs: 28_000,
  pauseSearchMs: 12_000,
  spotSearchMs: 5_000,
};

/** What is known of the speech so far. */
export interface SpeechHeard {
  /** Speech that is over, in order, without overlap; what ended before `fromMs` may be left out. */
  readonly speech: readonly Interval[];
  /** Where the speech began that is not over yet. */
  readonly openSinceMs: number | undefined;
  /** How much has been listened to. */
  readonly endMs: number;
  /** Whether nothing more will come. */
  readonly ended: boolean;
}

/** A stretch of the stream that is recognised by itself. */
export interface Utterance extends Interval {
  /** The speech in it, cut to it. */
  readonly speech: readonly Interval[];
}

/** The quietest place between two, both included. */
export type QuietestSpot = (fromMs: number, toMs: number) => number;

/**
 * The next utterance, as soon as it is over.
 *
 * @param fromMs where the one before has ended: nothing is in two, and no speech in none
 */
export function nextUtterance(
  heard: SpeechHeard,
  fromMs: number,
  rules: UtteranceRules,
  quietestSpot: QuietestSpot,
): Utterance | undefined {
  const voiced = voicedFrom(heard, fromMs);
  const [first] = voiced;
  if (first === undefined) return undefined;
  const startMs = startOf(first, fromMs, rules);
  const limitMs = startMs + rules.maxMs;
  for (const [index, { startMs: nextMs, endMs }] of voiced.entries()) {
    const before = voiced.slice(0, index);
    const lastMs = before.at(-1)?.endMs;
    if (lastMs !== undefined && nextMs - lastMs >= neededPauseMs(before, rules)) {
      return closed(before, startMs, nextMs, rules);
    }
    if (endMs > limitMs) {
      return forced(voiced.slice(0, index + 1), { startMs, endMs: limitMs }, rules, quietestSpot);
    }
  }
  const lastMs = voiced.at(-1)?.endMs ?? startMs;
  const isPaused = heard.openSinceMs === undefined;
  const isOver = isPaused && heard.endMs - lastMs >= neededPauseMs(voiced, rules);
  return heard.ended || isOver ? closed(voiced, startMs, heard.endMs, rules) : undefined;
}

/** The utterance that is not over yet, up to what has been heard; undefined where there is none. */
export function openUtterance(
  heard: SpeechHeard,
  fromMs: number,
  rules: UtteranceRules,
): Utterance | undefined {
  const speech = voicedFrom(heard, fromMs);
  const [first] = speech;
  if (first === undefined) return undefined;
  return { startMs: startOf(first, fromMs, rules), endMs: heard.endMs, speech };
}

/** Speech after a point, the unfinished too. */
function voicedFrom({ speech, openSinceMs, endMs }: SpeechHeard, fromMs: number): Interval[] {
  const open = openSinceMs === undefined ? [] : [{ startMs: openSinceMs, endMs }];
  return [...speech, ...open]
    .filter((interval) => interval.endMs > fromMs)
    .map((interval) => ({ ...interval, startMs: Math.max(interval.startMs, fromMs) }));
}

function startOf(first: Interval, fromMs: number, { marginMs }: UtteranceRules): number {
  return Math.max(fromMs, first.startMs - marginMs);
}

function neededPauseMs(speech: readonly Interval[], rules: UtteranceRules): number {
  return totalMs(speech) < rules.shortSpeechMs ? rules.shortPauseMs : rules.pauseMs;
}

/** @param silentUntilMs where the next speech begins, or how long nobody has spoken at least */
function closed(
  speech: readonly Interval[],
  startMs: number,
  silentUntilMs: number,
  rules: UtteranceRules,
): Utterance {
  const lastMs = speech.at(-1)?.endMs ?? startMs;
  const wishedMs = Math.min(lastMs + rules.marginMs, startMs + rules.maxMs, silentUntilMs);
  return { startMs, endMs: Math.max(lastMs, wishedMs), speech };
}

/** Cut because it is as long as it may be, while somebody speaks on. */
function forced(
  speech: readonly Interval[],
  { startMs, endMs: limitMs }: Interval,
  rules: UtteranceRules,
  quietestSpot: QuietestSpot,
): Utterance {
  const pause = longestPause(speech, limitMs - rules.pauseSearchMs);
  const last = speech.at(-1);
  const endMs =
    pause === undefined
      ? quietestSpot(
          Math.max(startMs + 1, last?.startMs ?? 0, limitMs - rules.spotSearchMs),
          limitMs,
        )
      : Math.min(
          pause.startMs + rules.marginMs,
          Math.floor((pause.startMs + pause.endMs) / 2),
          limitMs,
        );
  const inside = speech
    .filter((interval) => interval.startMs < endMs)
    .map((interval) => ({ ...interval, endMs: Math.min(interval.endMs, endMs) }));
  return { startMs, endMs, speech: inside };
}

function longestPause(speech: readonly Interval[], fromMs: number): Interval | undefined {
  let longest: Interval | undefined;
  for (const [index, { startMs: endMs }] of speech.entries()) {
    const startMs = speech[index - 1]?.endMs;
    if (startMs === undefined || startMs < fromMs) continue;
    if (longest === undefined || endMs - startMs >= longest.endMs - longest.startMs) {
      longest = { startMs, endMs };
    }
  }
  return longest;
}
