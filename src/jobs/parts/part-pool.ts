/** Runs parts, several at once, the early ones first. */
import { Bell } from "../../http/bell.ts";
import type { EventRun } from "../../transcript/event-run.ts";

export class PartPool<Run extends EventRun> {
  readonly #runs: readonly Run[];
  readonly #concurrency: number;
  readonly #signal: AbortSignal;
  readonly #bell = new Bell();
  readonly #running = new Set<Run>();
  #nextIndex = 0;
  #isClosed = false;

  constructor(runs: readonly Run[], concurrency: number, signal: AbortSignal) {
    this.#runs = runs;
    this.#concurrency = Math.max(1, concurrency);
    this.#signal = signal;
  }

  /** Whether all that was begun has ended; then nothing more will begin. */
  get isIdle(): boolean {
    return this.#running.size === 0;
  }

  /** After a failure, an abort or `close` no part is begun; those under way go on. */
  fill(): void {
    while (this.#running.size < this.#concurrency) {
      const run = this.#runs[this.#nextIndex];
      if (run === undefined || this.#isClosed || this.#signal.aborted) return;
      this.#nextIndex++;
      this.#running.add(run);
      void run.run(() => this.#bell.ring()).then(() => this.#ended(run));
    }
  }

  /** Until a part has said something, or has ended. */
  async news(): Promise<void> {
    await this.#bell.wait();
  }

  /** Ends the parts that are under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled([...this.#running].map((run) => run.stop()));
  }

  #ended(run: Run): void {
    this.#running.delete(run);
    if (run.state === "failed") this.#isClosed = true;
    this.fill();
    this.#bell.ring();
  }
}
