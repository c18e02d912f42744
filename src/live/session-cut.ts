/** Where a stream of live audio is to end, and the next to begin. Pure. */
import type { SessionLimits } from "../providers/contract.ts";
import type { Interval } from "../transcript/transcript.ts";

/** A pause between sentences. */
const PAUSE_MS = 500;
/** Audio is billed: nobody pays for so much silence. */
const SILENCE_MS = 10_000;
/** How soon in a pause it may end: the last word has died away. */
const AFTER_SPEECH_MS = 250;
/** Of audio before the speech that begins a session. */
const LEAD_MS = 500;
/** So much speech is no click any more. */
const CERTAIN_MS = 126;

/** What has been heard so far. */
export interface Heard {
  /** Speech that is over, in order. */
  readonly speech: readonly Interval[];
  readonly openSinceMs: number | undefined;
  readonly endMs: number;
  readonly ended: boolean;
}

/** Where a session is, in the time of the stream. */
export interface SessionPlace {
  readonly startMs: number;
  /** How far its audio has been sent: it can't end before. */
  readonly sentMs: number;
}

/**
 * Where a session ends: in the first pause that is long enough, from `renewAfterMs` on any of half a
 * second, in the second half of its time any at all; before, only a long silence ends it.
 *
 * @returns undefined where no such place has come yet
 */
export function sessionEnd(
  heard: Heard,
  { startMs, sentMs }: SessionPlace,
  { renewAfterMs, maxMs }: SessionLimits,
): number | undefined {
  const anyFromMs = startMs + (renewAfterMs + maxMs) / 2;
  for (const pause of pausesOf(heard, startMs)) {
    const earliestMs = Math.max(sentMs, pause.startMs + AFTER_SPEECH_MS);
    const places = [
      { fromMs: startMs, pauseMs: SILENCE_MS },
      { fromMs: startMs + renewAfterMs, pauseMs: PAUSE_MS },
      { fromMs: anyFromMs, pauseMs: 0 },
    ].flatMap(({ fromMs, pauseMs }) => {
      if (pause.endMs - pause.startMs < pauseMs) return [];
      // A short pause is over before its end could be waited for.
      const wishedMs = Math.min(earliestMs, Math.floor((pause.startMs + pause.endMs) / 2));
      const placeMs = Math.max(wishedMs, sentMs, fromMs);
      return placeMs <= pause.endMs ? [Math.floor(placeMs)] : [];
    });
    if (places.length > 0) return Math.min(...places);
  }
  return undefined;
}

/** Silences after speech, from a point on; the last one goes on to where nobody has spoken yet. */
function pausesOf({ speech, openSinceMs, endMs }: Heard, fromMs: number): Interval[] {
  const later = speech.filter((interval) => interval.endMs > fromMs);
  return later.map((interval, index) => ({
    startMs: interval.endMs,
    endMs: later[index + 1]?.startMs ?? openSinceMs ?? endMs,
  }));
}

/**
 * Where the next session begins: with the next speech, a little of what lies before it included.
 *
 * @param fromMs nothing before belongs to it
 * @returns undefined while there is no speech in sight
 */
export function sessionStart(heard: Heard, fromMs: number): number | undefined {
  const { speech, openSinceMs, endMs, ended } = heard;
  const next = speech.find((interval) => interval.endMs > fromMs)?.startMs;
  const isCertain =
    openSinceMs !== undefined && (ended || endMs - openSinceMs >= CERTAIN_MS) && endMs > fromMs;
  const speechMs = next ?? (isCertain ? openSinceMs : undefined);
  return speechMs === undefined ? undefined : Math.max(fromMs, speechMs - LEAD_MS);
}

/** From where on audio may still belong to a session that begins with the next speech. */
export function leadOf({ openSinceMs, endMs }: Heard): number {
  return (openSinceMs ?? endMs) - 2 * LEAD_MS;
}
