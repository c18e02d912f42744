/**
 * Reads bytes in amounts of the reader's choosing, whatever the chunks they come in. The source may
 * use its chunks again.
 */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#chunks = source[Symbol.asyncIterator]();
  }

  /** The next bytes, in an array of their own: `count` of them, or fewer at the end. */
  async take(count: number): Promise<Uint8Array> {
    const taken = new Uint8Array(count);
    let filled = 0;
    while (filled < count) {
      if (this.#chunk.length === 0) {
        const next = await this.#chunks.next();
        if (next.done === true) return taken.subarray(0, filled);
        this.#chunk = next.value;
        continue;
      }
      const part = this.#chunk.subarray(0, count - filled);
      taken.set(part, filled);
      filled += part.length;
      this.#chunk = this.#chunk.subarray(part.length);
    }
    return taken;
  }

  /** The same, but good until the next call only: where they lie together nothing is copied. */
  async borrow(count: number): Promise<Uint8Array> {
    if (this.#chunk.length < count) return this.take(count);
    const borrowed = this.#chunk.subarray(0, count);
    this.#chunk = this.#chunk.subarray(count);
    return borrowed;
  }

  /** Passes over bytes. */
  async skip(count: number): Promise<void> {
    for (let left = count; left > 0; ) {
      const { length } = await this.take(Math.min(left, 64 * 1024));
      if (length === 0) return;
      left -= length;
    }
  }

  /** Leaves the source. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
