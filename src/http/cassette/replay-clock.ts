/** The time of a recording, lived through again. */
import { setImmediate } from "node:timers/promises";
import { type Clock, systemClock } from "../clock.ts";

/** 1: as it was recorded; 0: at once, without any wait that is meant. */
export type ReplaySpeed = 0 | 1;

export interface ReplayClock extends Required<Clock> {
  /** It is at least so late now: milliseconds since the recording began. */
  reach(ms: number): void;
}

/** @param recordedAtMs when the recording began, in milliseconds since the epoch */
export function createReplayClock(recordedAtMs: number, speed: ReplaySpeed): ReplayClock {
  const startedMs = performance.now();
  let reachedMs = 0;
  return {
    now: () => recordedAtMs + Math.round(Math.max(reachedMs, performance.now() - startedMs)),
    monotonicMs: () => performance.now(),
    sleep: systemClock.sleep,
    async pause(ms, signal) {
      if (speed === 1) return systemClock.sleep(ms, signal);
      signal?.throwIfAborted();
      // Others get their turn all the same.
      await setImmediate();
      signal?.throwIfAborted();
    },
    reach(ms) {
      reachedMs = Math.max(reachedMs, ms);
    },
  };
}
