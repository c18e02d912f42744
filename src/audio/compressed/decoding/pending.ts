/** Bytes that wait for the rest of what they belong to. */

/** A queue of bytes: chunks go in, whole things are looked for at its front. */
export class PendingBytes {
  #bytes: Uint8Array = new Uint8Array(0);

  /** All that is there; valid until the next call. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Copies what is left of the old, never the chunk's owner's memory beyond this call. */
  add(chunk: Uint8Array): void {
    const joined = new Uint8Array(this.#bytes.length + chunk.length);
    joined.set(this.#bytes);
    joined.set(chunk, this.#bytes.length);
    this.#bytes = joined;
  }

  drop(count: number): void {
    this.#bytes = this.#bytes.subarray(count);
  }
}
