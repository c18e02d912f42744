/** Events of several sources in one line, for one reader. */

/** What is put in stays until it is read: nobody who speaks waits for whoever listens. */
export class EventLine<T> implements AsyncIterable<T> {
  #events: T[] = [];
  #end: { readonly error?: unknown } | undefined;
  #wake: (() => void) | undefined;

  /** @param replaces what it takes the place of, where that was not read yet: a progress, a partial */
  push(event: T, replaces?: (earlier: T) => boolean): void {
    if (replaces !== undefined) {
      this.#events = this.#events.filter((earlier) => !replaces(earlier));
    }
    this.#events.push(event);
    this.#wake?.();
  }

  /** Nothing more will come; the first end counts. */
  end(): void {
    this.#end ??= {};
    this.#wake?.();
  }

  /** The reader gets what is there, and then the error. */
  fail(error: unknown): void {
    this.#end ??= { error };
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    for (;;) {
      const [event] = this.#events.splice(0, 1);
      if (event !== undefined) {
        yield event;
      } else if (this.#end === undefined) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      } else if ("error" in this.#end) {
        throw this.#end.error;
      } else return;
    }
  }
}
