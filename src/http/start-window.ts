/**
 * The starts of an account's last second. Even: one after the other, so that a vendor who counts
 * in windows of another kind is content too. Pure: the time comes in.
 *
 * What counts is when requests reach the vendor. Those that were let in at their time may still
 * wait for a connection, and then go out all at once: so each counts from when it really went.
 */

/**
 * No window of this length holds more starts than allowed: a second, with so much more as requests
 * may come closer together on their way.
 */
export const WINDOW_MS = 1_080;

/** Who was let in late leaves the next ones their time, as far as so much of it can be made up. */
export const LATE_MS = 150;

/** One that was let in. */
export interface Start {
  /** It goes out now; only the first call counts, and none where it counts already. */
  at(nowMs: number): void;
  /** Whether it went out or not, it will not any more. */
  settle(): void;
}

interface Entry {
  startMs: number;
  /** It can go out at any moment. */
  pending: boolean;
}

export class StartWindow {
  #entries: Entry[] = [];
  /** When the next one is due, by even distances. */
  #dueMs = Number.NEGATIVE_INFINITY;

  /**
   * @param allowed In a second; infinite for no limit.
   * @param pending True where `at` will be called; otherwise it starts now.
   */
  admit(allowed: number, nowMs: number, pending: boolean): Start {
    const entry = { startMs: nowMs, pending };
    this.#forget(nowMs);
    const inTimeMs = this.#entries.length === 0 ? nowMs : nowMs - LATE_MS;
    this.#dueMs = Math.max(this.#dueMs, inTimeMs) + WINDOW_MS / allowed;
    this.#entries.push(entry);
    return {
      at(startMs) {
        if (entry.pending) entry.startMs = startMs;
        entry.pending = false;
      },
      settle() {
        entry.pending = false;
      },
    };
  }

  /** When the next one may be let in; never, where one that is pending has to go out first. */
  opensMs(allowed: number, nowMs: number): number {
    this.#forget(nowMs);
    const excess = this.#entries.length - allowed;
    if (excess < 0) return this.#dueMs;
    const startsMs = this.#entries.filter(({ pending }) => !pending).map(({ startMs }) => startMs);
    const leaving = startsMs.sort((a, b) => a - b)[excess];
    return leaving === undefined
      ? Number.POSITIVE_INFINITY
      : Math.max(this.#dueMs, leaving + WINDOW_MS);
  }

  #forget(nowMs: number): void {
    this.#entries = this.#entries.filter(
      ({ startMs, pending }) => pending || nowMs - startMs < WINDOW_MS,
    );
  }
}
