/** Utterances on their way to be recognised: several at once, let out in the order of speech. */
import type { UtteranceRun, WaitingUtterance } from "./utterance-run.ts";

/** Those that wait are made one where so little lies between them. */
const JOIN_GAP_MS = 2_000;

export interface PoolOptions {
  /** The most at once. */
  readonly concurrency: number;
  /** The longest an utterance may be. */
  readonly maxMs: number;
  /** Whether those that wait may become one. Default true. */
  readonly joins?: boolean;
  /** What lies before is gone. */
  readonly keptFromMs: () => number;
  /** Begins to recognise one. @param number from 1 */
  readonly begin: (utterance: WaitingUtterance, number: number) => UtteranceRun;
  readonly onNews: () => void;
}

export class UtterancePool {
  readonly #options: PoolOptions;
  #waiting: WaitingUtterance[] = [];
  /** In the order of speech; those that have ended stay until they are let out. */
  readonly #runs: UtteranceRun[] = [];
  readonly #running = new Map<UtteranceRun, Promise<void>>();
  #beganCount = 0;
  #isClosed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** The earliest that is not let out, begun or not; undefined where there is none. */
  get earliest(): WaitingUtterance | undefined {
    return this.#runs[0]?.utterance ?? this.#waiting[0];
  }

  /** The earliest whose audio nobody has read. */
  get earliestWaiting(): WaitingUtterance | undefined {
    return this.#waiting[0];
  }

  /** The earliest that was begun. */
  get front(): UtteranceRun | undefined {
    return this.#runs[0];
  }

  /**
   * Those that still wait when the next comes become one with it, as long as that is not too
   * long: a recogniser that is behind catches up with fewer and fuller requests.
   */
  add(utterance: WaitingUtterance): void {
    const last = this.#waiting.at(-1);
    const { joins = true } = this.#options;
    const isNear = last !== undefined && utterance.startMs - last.endMs <= JOIN_GAP_MS;
    if (joins && isNear && utterance.endMs - last.startMs <= this.#options.maxMs) {
      const speech = [...last.speech, ...utterance.speech];
      this.#waiting[this.#waiting.length - 1] = { ...last, endMs: utterance.endMs, speech };
    } else {
      this.#waiting.push(utterance);
    }
  }

  /** Their audio is gone, and the user knows: of those that wait, what lies before a place. */
  forget(beforeMs: number): void {
    this.#waiting = this.#waiting.flatMap((utterance) => {
      if (utterance.startMs >= beforeMs) return [utterance];
      const speech = utterance.speech
        .filter(({ endMs }) => endMs > beforeMs)
        .map(({ startMs, endMs }) => ({ startMs: Math.max(startMs, beforeMs), endMs }));
      return speech.length === 0 ? [] : [{ ...utterance, startMs: beforeMs, speech }];
    });
  }

  /** Begins as many as may run at once; after `close` none. */
  fill(): void {
    const { concurrency, keptFromMs, begin, onNews } = this.#options;
    // An end may be first to see it.
    this.forget(keptFromMs());
    while (!this.#isClosed && this.#running.size < concurrency) {
      const utterance = this.#waiting.shift();
      if (utterance === undefined) return;
      this.#beganCount++;
      const run = begin(utterance, this.#beganCount);
      this.#runs.push(run);
      const ending = run.run(onNews).then(() => {
        this.#running.delete(run);
        this.fill();
        onNews();
      });
      this.#running.set(run, ending);
    }
  }

  /** All that are not let out, in the order of speech. */
  get left(): {
    readonly runs: readonly UtteranceRun[];
    readonly waiting: readonly WaitingUtterance[];
  } {
    return { runs: this.#runs, waiting: this.#waiting };
  }

  /** The front one has said all and was let out. */
  dropFront(): void {
    this.#runs.shift();
  }

  /** Begins no more; those under way go on. */
  stopBeginning(): void {
    this.#isClosed = true;
  }

  /** Ends those that are under way, and waits for them. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled([...this.#running.keys()].map((run) => run.stop()));
  }
}
