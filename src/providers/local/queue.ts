/** Values on their way from who makes them to who awaits them, in order. */

/** One reader; the writer does not wait. */
export class AsyncQueue<Value> implements AsyncIterable<Value> {
  readonly #values: Value[] = [];
  #wake: (() => void) | undefined;
  #ended = false;
  #failure: { readonly reason: unknown } | undefined;

  push(value: Value): void {
    if (this.#ended) return;
    this.#values.push(value);
    this.#wake?.();
  }

  /** The reader gets what was pushed, then the end. */
  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** The reader gets the error at once; what was pushed is dropped. The first one counts. */
  fail(reason: unknown): void {
    if (this.#ended) return;
    this.#failure ??= { reason };
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Value> {
    while (true) {
      if (this.#failure !== undefined) throw this.#failure.reason;
      const [value] = this.#values;
      if (value !== undefined) {
        this.#values.shift();
        yield value;
      } else if (this.#ended) return;
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        this.#wake = undefined;
      }
    }
  }
}
