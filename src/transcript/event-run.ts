/** What one recogniser says, taken in as it comes until somebody asks for it. */
import type { RecognitionEvent } from "./events.ts";

/** Subclasses say what becomes of each event. */
export abstract class EventRun {
  state: "waiting" | "running" | "done" | "failed" = "waiting";
  error: unknown;
  protected said: RecognitionEvent[] = [];
  /** Gone when it has ended: all the audio of a request may hang on it, and runs stay longer. */
  #begin: (() => AsyncIterable<RecognitionEvent>) | undefined;
  #iterator: AsyncIterator<RecognitionEvent> | undefined;

  /** @param begin called once, by `run` */
  constructor(begin: () => AsyncIterable<RecognitionEvent>) {
    this.#begin = begin;
  }

  get hasEnded(): boolean {
    return this.state === "done" || this.state === "failed";
  }

  /** Never rejects: see `error`. @param onNews is told after each event */
  async run(onNews: () => void): Promise<void> {
    this.state = "running";
    try {
      const iterator = this.#begin?.()[Symbol.asyncIterator]();
      this.#iterator = iterator;
      while (iterator !== undefined) {
        const next = await iterator.next();
        if (next.done === true) break;
        this.take(next.value);
        onNews();
      }
      this.finished();
      this.state = "done";
    } catch (error) {
      this.error = error;
      this.state = "failed";
    } finally {
      this.#iterator = undefined;
      this.#begin = undefined;
    }
  }

  /** Lets the provider close what it holds; waits until it has. */
  async stop(): Promise<void> {
    await this.#iterator?.return?.();
  }

  /** What was said since the last call, in order. */
  takeSaid(): RecognitionEvent[] {
    return this.said.splice(0);
  }

  /** Brings an event, or what becomes of it, into `said`. */
  protected abstract take(event: RecognitionEvent): void;

  /** It has come to its end, and did not fail. */
  protected finished(): void {}
}
