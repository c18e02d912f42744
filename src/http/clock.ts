/**
 * Time as this room needs it. A structural twin of the provider contract's clock, so that the
 * program hands one object to both.
 */
import { setTimeout as timer } from "node:timers/promises";

export interface Clock {
  /** Milliseconds since the epoch: for dates in headers. */
  now(): number;
  /** Rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /**
   * As `sleep`, for waits that are meant (before a repeat, for a limit), not for what may come in
   * the meantime: a replay leaves them out. Undefined: `sleep`.
   */
  pause?(ms: number, signal?: AbortSignal): Promise<void>;
  /**
   * Milliseconds that only rise, whatever happens to the time of day. Undefined: `now` measures
   * durations too.
   */
  monotonicMs?(): number;
}

/** A point in time that durations may be measured from. */
export function monotonicMs(clock: Clock): number {
  return clock.monotonicMs?.() ?? clock.now();
}

/** Waits before something is done again. */
export function pause(
  clock: Pick<Clock, "sleep" | "pause">,
  ms: number,
  signal?: AbortSignal,
): Promise<void> {
  return clock.pause === undefined ? clock.sleep(ms, signal) : clock.pause(ms, signal);
}

/** A longer `setTimeout` overflows and fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  async sleep(ms, signal) {
    signal?.throwIfAborted();
    try {
      for (let leftMs = ms; leftMs > 0; leftMs -= LONGEST_TIMER_MS) {
        const options = signal === undefined ? {} : { signal };
        await timer(Math.min(leftMs, LONGEST_TIMER_MS), undefined, options);
      }
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};
