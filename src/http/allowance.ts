/**
 * How many requests of an account may be at the vendor at once: all that its limit says, or fewer
 * after the vendor said "too many". Pure: the time comes in.
 *
 * Of those that were there the vendor refused some and kept the others: so many it takes now. That is
 * nearer than a half of them would be (TCP's way, which does not hear of each packet), and costs fewer
 * refusals. Then one more is tried from time to time: the longer in between, the oftener it was
 * refused.
 */

/** Until one more is tried, after a refusal; twice as long after each that was refused at once. */
export const FIRST_TRIAL_MS = 5_000;
export const LONGEST_TRIAL_MS = 60_000;
/** Until yet another is tried, where the one before was not refused. */
export const NEXT_TRIAL_MS = 2_000;

export class Allowance {
  #most = Number.POSITIVE_INFINITY;
  #trialMs = FIRST_TRIAL_MS;
  #risesMs = Number.POSITIVE_INFINITY;
  /** Since the last refusal. */
  #rises = 0;

  /**
   * @param acceptedCount others that are at the vendor, and were not refused so far
   * @param isNews false where it began before an earlier refusal, and says the same
   */
  refused(acceptedCount: number, isNews: boolean, nowMs: number): void {
    this.#rise(Number.POSITIVE_INFINITY, nowMs);
    this.#most = Math.max(1, Math.min(this.#most, acceptedCount));
    if (!isNews) return;
    const wasTrial = this.#rises === 1;
    this.#trialMs = wasTrial ? Math.min(LONGEST_TRIAL_MS, this.#trialMs * 2) : FIRST_TRIAL_MS;
    this.#rises = 0;
    this.#risesMs = nowMs + this.#trialMs;
  }

  /** How many of `limit` are allowed: one at least. */
  of(limit: number, nowMs: number): number {
    this.#rise(limit, nowMs);
    return Math.min(limit, this.#most);
  }

  /** When one more of `limit` will be allowed; never, where all are. */
  nextRiseMs(limit: number, nowMs: number): number {
    return this.of(limit, nowMs) < limit ? this.#risesMs : Number.POSITIVE_INFINITY;
  }

  #rise(limit: number, nowMs: number): void {
    while (this.#most < limit && this.#risesMs <= nowMs) {
      this.#most += 1;
      this.#rises += 1;
      this.#risesMs += NEXT_TRIAL_MS;
    }
  }
}
