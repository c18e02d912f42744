/**
 * How long an account has been refused altogether, and how long nothing of it begins therefore. Pure:
 * the time comes in.
 */
import type { Refusal } from "./limiter.ts";

/** Nothing begins for this long where all was refused, or longer where the vendor says so. */
export const PAUSE_MS = 1_000;
/** Twice as long each time, and no longer than this. */
export const LONGEST_PAUSE_MS = 8_000;
/** Longer than this nobody is kept waiting in silence: the next request hears it for itself. */
export const LONGEST_ASKED_MS = 60_000;

export class Refusals {
  #pauseMs = PAUSE_MS;
  #pausedUntilMs = Number.NEGATIVE_INFINITY;
  #sinceMs: number | undefined;
  #hasServed = false;

  get pausedUntilMs(): number {
    return this.#pausedUntilMs;
  }

  /**
   * @param isAlone nothing else of the account is at the vendor: so it is not we who are too many
   * @param askedMs how long the vendor asks to wait
   */
  refused(isAlone: boolean, askedMs: number | undefined, nowMs: number): Refusal {
    const restMs = isAlone ? this.#pauseMs : 0;
    const pauseMs = Math.max(restMs, Math.min(askedMs ?? 0, LONGEST_ASKED_MS));
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, nowMs + pauseMs);
    if (!isAlone) return { forMs: 0, isPassing: true };
    this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2);
    this.#sinceMs ??= nowMs;
    return { forMs: nowMs - this.#sinceMs, isPassing: this.#hasServed };
  }

  /** The vendor took one. */
  served(): void {
    this.#hasServed = true;
    this.#sinceMs = undefined;
    this.#pauseMs = PAUSE_MS;
  }
}
