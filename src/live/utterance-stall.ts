/** Audio that stops coming while somebody speaks: a pipe whose writer pauses. */
import type { Clock } from "../providers/contract.ts";
import { IDLE_MS } from "./session-audio.ts";

/** One timer at most. */
export class AudioStall {
  readonly #clock: Clock;
  readonly #onNews: () => void;
  #knownMs: number | undefined;
  #isOver = false;
  #cancel = new AbortController();

  constructor(clock: Clock, onNews: () => void) {
    this.#clock = clock;
    this.#onNews = onNews;
  }

  /**
   * Whether no more audio has come for as long as a session would wait for it; `onNews` is told
   * when that is so.
   *
   * @param endMs how much has come; undefined where it does not matter
   */
  look(endMs: number | undefined): boolean {
    if (endMs === this.#knownMs) return this.#isOver;
    this.close();
    this.#knownMs = endMs;
    this.#isOver = false;
    if (endMs !== undefined) this.#watch();
    return false;
  }

  close(): void {
    this.#cancel.abort();
  }

  #watch(): void {
    const cancel = new AbortController();
    this.#cancel = cancel;
    this.#clock.sleep(IDLE_MS, cancel.signal).then(
      () => {
        if (cancel.signal.aborted) return;
        this.#isOver = true;
        this.#onNews();
      },
      () => {},
    );
  }
}
