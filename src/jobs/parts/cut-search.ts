/** Where a part may end, and which of those places is best. Times are of the audio sent. */

import { type Loudness, quietestSpot } from "../../audio/voice/quiet.ts";
import type { Interval } from "../../transcript/transcript.ts";
import type { Pause, Timeline } from "./timeline.ts";

/** The end of a part and the beginning of the next; earlier than the end where nobody paused. */
export interface Cut {
  readonly endMs: number;
  readonly nextMs: number;
}

export interface CutSearch {
  /** As late as the part's limit and the pauses allow; what is left must be longer than that. */
  latest(fromMs: number): Cut;
  /** In pauses about as far as `targetMs` or later, the best first, a few. */
  near(fromMs: number, targetMs: number): Iterable<Cut>;
}

/** A pause so long is worth an earlier cut; longer ones are better still, up to the second. */
const GOOD_PAUSE_MS = 300;
const BEST_PAUSE_MS = 1000;
/** So far a cut keeps from speech, where there is room. */
const CLEAR_MS = 500;
const LEAST_CLEAR_MS = 100;
/** Of a long pause in the first two thirds of a part, its last seconds. */
const LATE_MS = 5000;
/** Half of the window whose loudness counts. */
const REACH_MS = 50;
/** What two parts have in common where nobody pauses: at most this, and a third of a part. */
const OVERLAP_MS = 2000;
const TRIES = 8;

export function createCutSearch(
  { lengthMs, pauses, map }: Timeline,
  loudness: Loudness,
  maxMs: number,
): CutSearch {
  const loudnessAt = (atMs: number, reachMs: number): number =>
    loudness(map.startAt(atMs), reachMs);

  /** The number of pauses that begin before `atMs` or there. */
  function countUpTo(atMs: number): number {
    let low = 0;
    let high = pauses.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pauses[middle]?.startMs ?? 0) <= atMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The best spot of a pause within bounds that touch it. */
  function inPause(pause: Pause, within: Interval, targetMs: number): Cut {
    const { startMs, endMs, seamMs } = pause;
    const fromMs = Math.max(startMs, within.startMs);
    const toMs = Math.min(endMs, within.endMs);
    if (seamMs !== undefined && seamMs >= fromMs && seamMs <= toMs) return at(seamMs);
    const length = endMs - startMs;
    // Silence at the very ends of the audio has speech on one side only.
    const clear = (wishMs: number): Interval => {
      const clearMs = Math.min(wishMs, length >> 1);
      return {
        startMs: startMs === 0 ? startMs : startMs + clearMs,
        endMs: endMs === lengthMs ? endMs : endMs - clearMs,
      };
    };
    const allowed = clear(Math.min(LEAST_CLEAR_MS, length >> 2));
    const lowMs = clamp(allowed.startMs, fromMs, toMs);
    const highMs = clamp(allowed.endMs, lowMs, toMs);
    const wished = clear(CLEAR_MS);
    const preferredMs = clamp(clamp(targetMs, wished.startMs, wished.endMs), lowMs, highMs);
    const reachMs = Math.min(REACH_MS, length >> 1);
    return at(quietestSpot(lowMs, highMs, preferredMs, (spotMs) => loudnessAt(spotMs, reachMs)));
  }

  function latest(fromMs: number): Cut {
    const limitMs = fromMs + maxMs;
    const lastThird = { startMs: fromMs + Math.ceil((maxMs * 2) / 3), endMs: limitMs };
    let best: { pause: Pause; worth: number } | undefined;
    let lastBefore: Pause | undefined;
    let begunIn: Pause | undefined;
    for (let index = countUpTo(limitMs) - 1; index >= 0; index--) {
      const pause = pauses[index];
      if (pause === undefined || pause.endMs <= fromMs) break;
      if (pause.startMs <= fromMs) begunIn = pause;
      else lastBefore ??= pause;
      if (pause.endMs < lastThird.startMs) break;
      const worth = Math.min(lengthWithin(pause, lastThird), GOOD_PAUSE_MS);
      if (best === undefined || worth > best.worth) best = { pause, worth };
      if (worth === GOOD_PAUSE_MS) break;
    }
    // The rest of the silence that it begins with is worth a part of its own only if it is long.
    const silence = { startMs: fromMs + Math.max(1, Math.floor(maxMs / 3)), endMs: limitMs };
    const pause = best?.pause ?? lastBefore ?? begunIn;
    if (pause !== undefined && (pause !== begunIn || pause.endMs >= silence.startMs)) {
      const lateMs = Math.min(pause.endMs, limitMs) - LATE_MS;
      const late = { startMs: Math.max(fromMs + 1, lateMs), endMs: limitMs };
      const before = pause === begunIn ? silence : late;
      return inPause(pause, best?.worth === GOOD_PAUSE_MS ? lastThird : before, limitMs);
    }
    return inSpeech(limitMs);
  }

  function inSpeech(limitMs: number): Cut {
    const mostMs = Math.min(OVERLAP_MS, Math.floor(maxMs / 3));
    const quietest = (fromMs: number, toMs: number, preferredMs: number): number =>
      quietestSpot(fromMs, toMs, preferredMs, (spotMs) => loudnessAt(spotMs, REACH_MS));
    const endMs = quietest(limitMs - (mostMs >> 1), limitMs, limitMs);
    const nextMs = quietest(endMs - mostMs, endMs - (mostMs >> 1), endMs - mostMs);
    return { endMs, nextMs };
  }

  function* near(fromMs: number, targetMs: number): Iterable<Cut> {
    const toleranceMs = (targetMs - fromMs) / 4;
    const within = {
      startMs: Math.max(fromMs + 1, Math.ceil(targetMs - toleranceMs)),
      endMs: fromMs + maxMs,
    };
    const found: { pause: Pause; worth: number }[] = [];
    for (let index = countUpTo(within.endMs) - 1; index >= 0; index--) {
      const pause = pauses[index];
      if (pause === undefined || pause.endMs < within.startMs) break;
      const pauseMs = lengthWithin(pause, within);
      const awayMs = Math.abs(clamp(targetMs, pause.startMs, pause.endMs) - targetMs);
      const worth =
        (pauseMs >= GOOD_PAUSE_MS ? 2 : 0) +
        Math.min(1, pauseMs / BEST_PAUSE_MS) -
        Math.min(1, awayMs / toleranceMs);
      found.push({ pause, worth });
    }
    found.sort((a, b) => b.worth - a.worth);
    for (const { pause } of found.slice(0, TRIES)) yield inPause(pause, within, targetMs);
  }

  return { latest, near };
}

function at(spotMs: number): Cut {
  return { endMs: spotMs, nextMs: spotMs };
}

function lengthWithin(pause: Interval, within: Interval): number {
  return Math.min(pause.endMs, within.endMs) - Math.max(pause.startMs, within.startMs);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}
