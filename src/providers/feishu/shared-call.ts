/** One call that several wait for: whoever gives up does not take it from the others. */
import { abortable } from "../../http/abortable.ts";

export class SharedCall<T> {
  readonly #over = new AbortController();
  readonly #result: Promise<T>;
  #waiting = 0;

  #open = true;

  /** @param start Called at once; its signal aborts when nobody waits any more. */
  constructor(start: (signal: AbortSignal) => Promise<T>) {
    this.#result = start(this.#over.signal);
    const close = () => {
      this.#open = false;
    };
    // Everybody may have given up by the time it fails.
    this.#result.then(close, close);
  }

  /** Whether the call is under way and more may join. */
  get open(): boolean {
    return this.#open && !this.#over.signal.aborted;
  }

  /** @throws what the call throws, or the signal's reason. */
  async wait(signal: AbortSignal): Promise<T> {
    this.#waiting++;
    try {
      return await abortable(this.#result, signal);
    } finally {
      this.#waiting--;
      if (this.#waiting === 0 && this.#open)
        this.#over.abort(new Error("nobody waits for it any more"));
    }
  }
}
