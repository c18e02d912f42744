/** The last stretch of a recording's samples: grows at the end, is forgotten from the start. */

export class SampleBuffer {
  readonly #sampleRate: number;
  #samples = new Float32Array(0);
  /** Index in the recording of the first sample kept. */
  #firstSample = 0;
  #count = 0;

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
  }

  /** Where the recording is, in whole milliseconds. */
  get endMs(): number {
    return Math.floor(((this.#firstSample + this.#count) * 1000) / this.#sampleRate);
  }

  push(samples: Float32Array): void {
    const needed = this.#count + samples.length;
    if (needed > this.#samples.length) {
      const larger = new Float32Array(Math.max(needed, 2 * this.#samples.length));
      larger.set(this.#samples.subarray(0, this.#count));
      this.#samples = larger;
    }
    this.#samples.set(samples, this.#count);
    this.#count = needed;
  }

  /** A copy of what is kept between two times of the recording. */
  slice(startMs: number, endMs: number): Float32Array {
    const start = this.#sampleAt(startMs) - this.#firstSample;
    const end = this.#sampleAt(endMs) - this.#firstSample;
    return this.#samples.slice(Math.max(0, start), Math.min(end, this.#count));
  }

  /** Forgets all before a time. */
  dropBefore(timeMs: number): void {
    const count = Math.min(this.#sampleAt(timeMs) - this.#firstSample, this.#count);
    if (count <= 0) return;
    this.#samples.copyWithin(0, count, this.#count);
    this.#firstSample += count;
    this.#count -= count;
  }

  #sampleAt(timeMs: number): number {
    return Math.round((timeMs * this.#sampleRate) / 1000);
  }
}
