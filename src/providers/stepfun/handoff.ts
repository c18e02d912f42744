/** Hands items from a callback to a generator, one at a time: a slow taker slows the giver. */

export class Handoff<T> {
  #item: { readonly value: T; readonly taken: () => void } | undefined;
  #closed = false;
  #wake: () => void = () => {};

  /** Resolves when the item was taken, or nobody takes any more. */
  give(value: T): Promise<void> {
    return new Promise((taken) => {
      if (this.#closed) return taken();
      this.#item = { value, taken };
      this.#wake();
    });
  }

  /** No more is given, or no more is taken. */
  close(): void {
    this.#closed = true;
    this.#item?.taken();
    this.#wake();
  }

  /** Everything that is given until it is closed. For one taker. */
  async *taken(): AsyncGenerator<T, void> {
    for (;;) {
      const item = this.#item;
      if (item !== undefined) {
        this.#item = undefined;
        try {
          yield item.value;
        } finally {
          item.taken();
        }
      } else if (this.#closed) return;
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}
