/** Reads a stream of chunks by the byte, for headers. */

/** A reader over chunks of any sizes. Never seeks; holds no more than it was asked to peek at. */
export class ChunkReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #ahead: Uint8Array = new Uint8Array(0);
  #positionBytes = 0;
  #ended = false;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** How many bytes have been read or skipped. */
  get positionBytes(): number {
    return this.#positionBytes;
  }

  /** The next `count` bytes without reading past them; fewer where the input ends. */
  async peek(count: number): Promise<Uint8Array> {
    if (this.#ahead.length < count && !this.#ended) await this.#fill(count);
    return this.#ahead.subarray(0, count);
  }

  /** The next `count` bytes; fewer where the input ends. */
  async read(count: number): Promise<Uint8Array> {
    const bytes = await this.peek(count);
    this.#advance(bytes.length);
    return bytes;
  }

  /** Passes over `count` bytes, and says whether there were as many. */
  async skip(count: number): Promise<boolean> {
    let left = count;
    while (left > 0) {
      const { length } = await this.peek(1);
      if (length === 0) return false;
      const step = Math.min(left, this.#ahead.length);
      this.#advance(step);
      left -= step;
    }
    return true;
  }

  /** All that is left, in the chunks that it comes in. */
  async *rest(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const { length } = await this.peek(1);
      if (length === 0) return;
      yield await this.read(this.#ahead.length);
    }
  }

  /** Ends the pass early; the source closes what it holds. */
  async close(): Promise<void> {
    this.#ended = true;
    await this.#chunks.return?.();
  }

  async #fill(count: number): Promise<void> {
    const parts = this.#ahead.length === 0 ? [] : [this.#ahead];
    let sizeBytes = this.#ahead.length;
    while (sizeBytes < count && !this.#ended) {
      const next = await this.#chunks.next();
      if (next.done) this.#ended = true;
      else {
        parts.push(next.value);
        sizeBytes += next.value.length;
      }
    }
    const [only = this.#ahead] = parts;
    this.#ahead = parts.length > 1 ? Buffer.concat(parts) : only;
  }

  #advance(count: number): void {
    this.#ahead = this.#ahead.subarray(count);
    this.#positionBytes += count;
  }
}
