/** Which segments of a window hold, and where the next window goes on. Pure. */
import type { Interval } from "../../transcript/transcript.ts";
import type { TimedTokens } from "./segments.ts";
import type { Window } from "./windows.ts";

/** A segment that ends so near to a cut through speech may have lost its last word. */
const EDGE_MS = 500;
/** So much speech after the last segment was passed over by the model, not paused. */
const PASSED_OVER_MS = 1_000;
/** The next window starts at least so much later than this one. */
const LEAST_STEP_MS = 1_000;

/** A segment with times of the recording. */
export interface SettledSegment extends Interval {
  readonly tokens: readonly number[];
}

export interface Settled {
  readonly segments: readonly SettledSegment[];
  /** Everything before this is done with. */
  readonly resumeMs: number;
}

/**
 * A window that was cut in a pause is done with, unless the model stopped early. One that was
 * cut in speech goes on from its last timestamp: what comes after it is heard again, whole.
 *
 * What the model heard in the silence behind the window is nothing.
 *
 * @param segments with times from the window's start
 */
export function settle(segments: readonly TimedTokens[], window: Window): Settled {
  const placed = segments
    .filter(({ startMs }) => window.startMs + startMs < window.endMs)
    .map(({ startMs, endMs, tokens }) => ({
      startMs: window.startMs + startMs,
      endMs: endMs === undefined ? undefined : Math.min(window.startMs + endMs, window.endMs),
      tokens,
    }));
  const timed = placed.filter((segment): segment is SettledSegment => segment.endMs !== undefined);
  return window.open ? settleOpen(placed, timed, window) : settleClosed(placed, timed, window);
}

type PlacedSegment = Omit<SettledSegment, "endMs"> & { readonly endMs: number | undefined };

function settleOpen(
  placed: readonly PlacedSegment[],
  timed: readonly SettledSegment[],
  window: Window,
): Settled {
  const last = timed.at(-1);
  const touchesCut = last !== undefined && last.endMs > window.endMs - EDGE_MS;
  const safe = touchesCut && timed.length > 1 ? timed.slice(0, -1) : timed;
  const resumeMs = safe.at(-1)?.endMs ?? 0;
  if (resumeMs >= window.startMs + LEAST_STEP_MS) return { segments: safe, resumeMs };
  return { segments: untilEnd(placed, window.endMs), resumeMs: window.endMs };
}

function settleClosed(
  placed: readonly PlacedSegment[],
  timed: readonly SettledSegment[],
  window: Window,
): Settled {
  const speechEndMs = window.speech.at(-1)?.endMs ?? window.endMs;
  const segments = untilEnd(placed, speechEndMs);
  const doneMs = timed.at(-1)?.endMs ?? 0;
  const stopped = timed.length === placed.length && doneMs >= window.startMs + LEAST_STEP_MS;
  const passedOver = stopped && speechAfter(window.speech, doneMs) >= PASSED_OVER_MS;
  return { segments, resumeMs: passedOver ? doneMs : window.endMs };
}

function untilEnd(placed: readonly PlacedSegment[], endMs: number): SettledSegment[] {
  return placed.map((segment) => ({
    ...segment,
    endMs: segment.endMs ?? Math.max(segment.startMs, endMs),
  }));
}

function speechAfter(speech: readonly Interval[], timeMs: number): number {
  return speech.reduce(
    (sum, { startMs, endMs }) => sum + Math.max(0, endMs - Math.max(startMs, timeMs)),
    0,
  );
}

/**
 * Draws a segment's ends in from silence to the speech: the model's times are whole pauses off.
 * Left as it is where no speech was found in it.
 */
export function drawToSpeech(segment: Interval, speech: readonly Interval[]): Interval {
  const inside = speech.filter(
    ({ startMs, endMs }) => endMs > segment.startMs && startMs < segment.endMs,
  );
  const first = inside[0];
  const last = inside.at(-1);
  if (first === undefined || last === undefined) return segment;
  return {
    startMs: Math.max(segment.startMs, first.startMs),
    endMs: Math.min(segment.endMs, last.endMs),
  };
}
