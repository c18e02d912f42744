/** How long each stage of a job has been going on: one that decodes at 200x tells nothing of the next. */
export class StageClock {
  readonly #now: () => number;
  #stage: string;
  #startedMs: number;
  #lastMs: number;

  constructor(now: () => number, stage = "") {
    this.#now = now;
    this.#stage = stage;
    this.#startedMs = now();
    this.#lastMs = this.#startedMs;
  }

  /** Milliseconds since a stage began: when the one before it was last heard of. */
  elapsedMs(stage: string): number {
    if (stage !== this.#stage) {
      this.#stage = stage;
      this.#startedMs = this.#lastMs;
    }
    this.#lastMs = this.#now();
    return this.#lastMs - this.#startedMs;
  }
}
