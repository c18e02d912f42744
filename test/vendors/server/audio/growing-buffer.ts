/** Bytes that keep coming, in one block that doubles when it is full. */
export class GrowingBuffer {
  #block = Buffer.alloc(64 * 1024);
  #sizeBytes = 0;

  push(chunk: Buffer): void {
    const needed = this.#sizeBytes + chunk.length;
    if (needed > this.#block.length) {
      const larger = Buffer.alloc(Math.max(needed, this.#block.length * 2));
      this.#block.copy(larger, 0, 0, this.#sizeBytes);
      this.#block = larger;
    }
    chunk.copy(this.#block, this.#sizeBytes);
    this.#sizeBytes = needed;
  }

  /** A view of what has come; valid until the next `push`. */
  view(): Buffer {
    return this.#block.subarray(0, this.#sizeBytes);
  }
}
