/**
 * How much of its limits an account may use now: all, or less for a while after the vendor said
 * "too many". Pure: the time comes in. Halves at once and grows back evenly, as TCP does.
 */

/** What is left after the vendor said "too many". */
const CUT = 0.5;
/** Share that comes back in a second: from a half to all in 50 s. */
const RECOVERY_PER_SECOND = 0.01;
/** So that it also recovers from a long series within two minutes. */
const LEAST_SHARE = 1 / 32;
/** Nothing begins for this long, where the vendor does not say how long. */
const PAUSE_MS = 1_000;
/** Longer than this nobody is kept waiting in silence: the next request hears it for itself. */
const LONGEST_PAUSE_MS = 60_000;

export class Allowance {
  #share = 1;
  #cutMs = 0;
  #pausedUntilMs = Number.NEGATIVE_INFINITY;

  cut(nowMs: number): void {
    this.#share = Math.max(LEAST_SHARE, this.#shareAt(nowMs) * CUT);
    this.#cutMs = nowMs;
  }

  pause(nowMs: number, pauseMs: number = PAUSE_MS): void {
    this.#pausedUntilMs = Math.max(
      this.#pausedUntilMs,
      nowMs + Math.min(pauseMs, LONGEST_PAUSE_MS),
    );
  }

  get pausedUntilMs(): number {
    return this.#pausedUntilMs;
  }

  /** How many of `limit` are allowed: one at least. */
  of(limit: number, nowMs: number): number {
    // The epsilons, here and below, keep a share that has grown back to 0.3 from missing it.
    return Math.max(1, Math.floor(limit * this.#shareAt(nowMs) + 1e-9));
  }

  /** When one more of `limit` will be allowed; never, where all are. */
  nextRiseMs(limit: number, nowMs: number): number {
    const allowed = this.of(limit, nowMs);
    if (allowed >= limit) return Number.POSITIVE_INFINITY;
    const missingShare = (allowed + 1) / limit - this.#share;
    return this.#cutMs + Math.ceil((missingShare / RECOVERY_PER_SECOND) * 1000 - 1e-6);
  }

  #shareAt(nowMs: number): number {
    const recovered = ((nowMs - this.#cutMs) / 1000) * RECOVERY_PER_SECOND;
    return Math.min(1, this.#share + Math.max(0, recovered));
  }
}
