/** Samples in the order they came, let go from the front: what is pushed is never moved again. */

interface Piece {
  readonly bytes: Uint8Array;
  /** Its place in all that was pushed. */
  readonly startByte: number;
  /** Clock milliseconds. */
  readonly arrivedAtMs: number;
}

export class SampleRing {
  #pieces: Piece[] = [];
  #endByte = 0;

  /** How much was pushed. */
  get endByte(): number {
    return this.#endByte;
  }

  /** @param bytes kept as they are: nobody may use them again */
  push(bytes: Uint8Array, arrivedAtMs: number): void {
    if (bytes.length === 0) return;
    this.#pieces.push({ bytes, startByte: this.#endByte, arrivedAtMs });
    this.#endByte += bytes.length;
  }

  /**
   * A copy.
   *
   * @throws RangeError where not all of it is here.
   */
  bytes(startByte: number, endByte: number): Uint8Array {
    const firstByte = this.#pieces[0]?.startByte ?? this.#endByte;
    if (startByte > endByte || endByte > this.#endByte || startByte < firstByte) {
      if (startByte === endByte) return new Uint8Array(0);
      throw new RangeError(
        `bytes ${startByte} to ${endByte} of ${firstByte} to ${this.#endByte} were asked for`,
      );
    }
    const copy = new Uint8Array(endByte - startByte);
    for (let index = this.#indexOf(startByte); index < this.#pieces.length; index++) {
      const piece = this.#pieces[index];
      if (piece === undefined || piece.startByte >= endByte) break;
      const fromByte = Math.max(startByte, piece.startByte);
      const part = piece.bytes.subarray(fromByte - piece.startByte, endByte - piece.startByte);
      copy.set(part, fromByte - startByte);
    }
    return copy;
  }

  /** When a byte came, or the next one of those that are here. */
  arrivedAtMs(byte: number): number | undefined {
    return this.#pieces[this.#indexOf(byte)]?.arrivedAtMs;
  }

  /** Lets go of whole pieces: of what lies before, less than one piece stays. */
  release(beforeByte: number): void {
    const index = this.#indexOf(beforeByte);
    if (index > 0) this.#pieces = this.#pieces.slice(index);
  }

  /** The piece that holds a byte, the first one for those before it; the count beyond the last. */
  #indexOf(byte: number): number {
    let low = 0;
    let high = this.#pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const piece = this.#pieces[middle];
      if (piece !== undefined && piece.startByte + piece.bytes.length <= byte) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
