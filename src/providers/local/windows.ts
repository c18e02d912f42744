/**
 * Packs speech into windows for Whisper: stretches of the recording of at most 29 s, contiguous
 * in time, cut in pauses. Pure.
 */
import type { Interval } from "../../transcript/transcript.ts";

export interface WindowRules {
  /** A second less than Whisper's input: the states of that silence tell languages apart. */
  readonly maxMs: number;
  /** Where speech must be cut, the longest pause after this much of it is the place. */
  readonly preferCutAfterMs: number;
  /** A longer pause always ends a window: silence inside makes the model invent text. */
  readonly maxPauseMs: number;
  /** Audio before and after the speech; at most half of the pause there. */
  readonly marginMs: number;
}

export const WINDOW_RULES: WindowRules = {
  maxMs: 29_000,
  preferCutAfterMs: 20_000,
  maxPauseMs: 3_000,
  marginMs: 300,
};

/** What is known of the speech so far. */
export interface SpeechSoFar {
  /** In order, without overlap; those before `fromMs` may be left out. */
  readonly intervals: readonly Interval[];
  /** Where the speech began that is not over yet. */
  readonly openSinceMs: number | undefined;
  readonly analysedMs: number;
  /** Whether there is nothing more to come. */
  readonly ended: boolean;
}

/** A stretch of the recording to recognise at once. */
export interface Window {
  readonly startMs: number;
  readonly endMs: number;
  /** The speech in it, cut to it. */
  readonly speech: readonly Interval[];
  /** Whether it ends in the middle of speech, for want of a pause. */
  readonly open: boolean;
}

/**
 * The next window, as soon as it is certain.
 *
 * @param fromMs where the window before has ended
 */
export function nextWindow(
  soFar: SpeechSoFar,
  fromMs: number,
  rules: WindowRules,
): Window | undefined {
  const { speech, overUntilMs } = speechFrom(soFar, fromMs);
  const [first] = speech;
  if (first === undefined) return undefined;
  const startMs = startOfWindow(soFar.intervals, first.startMs, fromMs, rules.marginMs);
  const limitMs = startMs + rules.maxMs;
  for (const [index, interval] of speech.entries()) {
    const previous = speech[index - 1];
    if (previous !== undefined && interval.startMs - previous.endMs > rules.maxPauseMs) {
      return closedWindow(speech, index, startMs, rules);
    }
    if (interval.endMs <= limitMs) continue;
    if (index > 0)
      return closedWindow(speech, cutIndex(speech, index, startMs, rules), startMs, rules);
    return { startMs, endMs: limitMs, speech: [{ ...interval, endMs: limitMs }], open: true };
  }
  const lastEndMs = speech.at(-1)?.endMs ?? startMs;
  const nothingFits = overUntilMs > Math.min(lastEndMs + rules.maxPauseMs, limitMs);
  if (!soFar.ended && !nothingFits) return undefined;
  return closedWindow(speech, speech.length, startMs, rules, overUntilMs);
}

/** Speech after a point, the unfinished too, and until when it is certain that there is no more. */
function speechFrom(
  { intervals, openSinceMs, analysedMs }: SpeechSoFar,
  fromMs: number,
): { speech: Interval[]; overUntilMs: number } {
  const open = openSinceMs === undefined ? [] : [{ startMs: openSinceMs, endMs: analysedMs }];
  const speech = [...intervals, ...open]
    .filter(({ endMs }) => endMs > fromMs)
    .map(({ startMs, endMs }) => ({ startMs: Math.max(startMs, fromMs), endMs }));
  return { speech, overUntilMs: openSinceMs ?? analysedMs };
}

function startOfWindow(
  intervals: readonly Interval[],
  speechStartMs: number,
  fromMs: number,
  marginMs: number,
): number {
  const before = intervals.findLast(({ endMs }) => endMs <= speechStartMs);
  const middleMs = before === undefined ? 0 : Math.ceil((before.endMs + speechStartMs) / 2);
  return Math.max(fromMs, middleMs, speechStartMs - marginMs);
}

/** A window of the first `count` intervals. */
export function closedWindow(
  speech: readonly Interval[],
  count: number,
  startMs: number,
  rules: WindowRules,
  knownUntilMs = Number.POSITIVE_INFINITY,
): Window {
  const inside = speech.slice(0, count);
  const endMs = inside.at(-1)?.endMs ?? startMs;
  const next = speech[count];
  const middleMs = next === undefined ? knownUntilMs : Math.floor((endMs + next.startMs) / 2);
  return {
    startMs,
    endMs: Math.max(endMs, Math.min(endMs + rules.marginMs, middleMs, startMs + rules.maxMs)),
    speech: inside,
    open: false,
  };
}

/** How many of the first `count` intervals to take, so that the cut falls into a long pause. */
function cutIndex(
  speech: readonly Interval[],
  count: number,
  startMs: number,
  rules: WindowRules,
): number {
  let best = count;
  let longestMs = -1;
  for (let index = 1; index <= count; index++) {
    const pause = pauseBefore(speech, index);
    if (pause.startMs - startMs < rules.preferCutAfterMs || pause.lengthMs < longestMs) continue;
    best = index;
    longestMs = pause.lengthMs;
  }
  return best;
}

/** How many intervals of a window to take so that it is cut in its longest pause; 0: it has none. */
export function longestPauseIndex(speech: readonly Interval[]): number {
  let best = 0;
  let longestMs = -1;
  for (let index = 1; index < speech.length; index++) {
    const { lengthMs } = pauseBefore(speech, index);
    if (lengthMs <= longestMs) continue;
    best = index;
    longestMs = lengthMs;
  }
  return best;
}

function pauseBefore(
  speech: readonly Interval[],
  index: number,
): { startMs: number; lengthMs: number } {
  const startMs = speech[index - 1]?.endMs ?? 0;
  return { startMs, lengthMs: (speech[index]?.startMs ?? startMs) - startMs };
}
