/**
 * How much of its starts a second an account may use now: all, or less for a while after the vendor
 * said "too many". Pure: the time comes in. Halves at once and grows back evenly, as TCP does.
 */

/** What is left after the vendor said "too many". */
export const CUT = 0.5;
/** Share that comes back in a second: from a half to all in 50 s. */
export const RECOVERY_PER_SECOND = 0.01;
/** So that it also recovers from a long series within two minutes. */
export const LEAST_SHARE = 1 / 32;

export class StartShare {
  #share = 1;
  #cutMs = 0;

  cut(nowMs: number): void {
    this.#share = Math.max(LEAST_SHARE, this.#shareAt(nowMs) * CUT);
    this.#cutMs = nowMs;
  }

  /** How many of `limit` are allowed: one at least. */
  of(limit: number, nowMs: number): number {
    // The epsilon keeps a share that has grown back to 0.3 from missing it.
    return Math.max(1, Math.floor(limit * this.#shareAt(nowMs) + 1e-9));
  }

  #shareAt(nowMs: number): number {
    const recovered = ((nowMs - this.#cutMs) / 1000) * RECOVERY_PER_SECOND;
    return Math.min(1, this.#share + Math.max(0, recovered));
  }
}
