/** A deadline that moves with every sign of life, at the cost of a number and not of a timer. */
import { type Clock, monotonicMs } from "./clock.ts";

export interface Watchdog {
  /** Expires `limitMs` from now; replaces the deadline before. */
  arm(limitMs: number): void;
  /** Nobody is waited for: no deadline until the next `arm`. */
  disarm(): void;
  /** Ends it; no timer is left behind. */
  stop(): void;
}

/** `onExpired` is called once at most, with the limit that ran out. */
export function startWatchdog(clock: Clock, onExpired: (limitMs: number) => void): Watchdog {
  let deadlineMs = Number.POSITIVE_INFINITY;
  let armedMs = 0;
  let stopped = false;
  let timer: { wakesMs: number; cancel: AbortController } | undefined;

  function sleepUntil(wakesMs: number): void {
    timer?.cancel.abort();
    const cancel = new AbortController();
    timer = { wakesMs, cancel };
    clock.sleep(Math.ceil(wakesMs - monotonicMs(clock)), cancel.signal).then(
      () => {
        if (stopped || cancel.signal.aborted) return;
        timer = undefined;
        if (monotonicMs(clock) >= deadlineMs) onExpired(armedMs);
        else if (deadlineMs !== Number.POSITIVE_INFINITY) sleepUntil(deadlineMs);
      },
      () => {},
    );
  }

  return {
    arm(limitMs) {
      if (stopped) return;
      armedMs = limitMs;
      deadlineMs = monotonicMs(clock) + limitMs;
      // A timer that wakes too early sees the later deadline and sleeps on.
      if (timer === undefined || timer.wakesMs > deadlineMs) sleepUntil(deadlineMs);
    },
    disarm() {
      deadlineMs = Number.POSITIVE_INFINITY;
    },
    stop() {
      stopped = true;
      timer?.cancel.abort();
      timer = undefined;
    },
  };
}
