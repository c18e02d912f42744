/** How loud a stream of samples is, in steps of `LEVEL_MS`. */
import { LEVEL_MS } from "./sound-map.ts";

/** Collects the RMS of each step. Holds four bytes a step, and twice that while it grows. */
export class LevelMeter {
  readonly #stepFrames: number;
  #levels: Float32Array<ArrayBuffer>;
  #stepCount = 0;
  #frameCount = 0;
  /** Of the step that is not full yet. */
  #squares = 0;
  #stepStart = 0;
  #stepEnd: number;

  /** @param expectedFrames where it is known how many there will be: nothing has to grow then */
  constructor(sampleRate: number, expectedFrames = 0) {
    this.#stepFrames = (sampleRate * LEVEL_MS) / 1000;
    this.#levels = new Float32Array(Math.ceil(expectedFrames / this.#stepFrames));
    this.#stepEnd = Math.max(1, Math.round(this.#stepFrames));
  }

  get frameCount(): number {
    return this.#frameCount;
  }

  push(samples: Float32Array): void {
    for (let start = 0; start < samples.length; ) {
      const end = Math.min(samples.length, start + this.#stepEnd - this.#frameCount);
      let squares = this.#squares;
      for (let index = start; index < end; index++) {
        const sample = samples[index] ?? 0;
        squares += sample * sample;
      }
      this.#squares = squares;
      this.#frameCount += end - start;
      start = end;
      if (this.#frameCount === this.#stepEnd) this.#endStep();
    }
  }

  /** The level of each step, of the last one too, which may not be full. */
  finish(): Float32Array {
    if (this.#frameCount > this.#stepStart) this.#endStep();
    return this.#levels.subarray(0, this.#stepCount);
  }

  #endStep(): void {
    if (this.#stepCount === this.#levels.length) {
      const longer = new Float32Array(2 * this.#levels.length + 1024);
      longer.set(this.#levels);
      this.#levels = longer;
    }
    const frames = this.#frameCount - this.#stepStart;
    this.#levels[this.#stepCount] = Math.sqrt(this.#squares / frames);
    this.#stepCount++;
    this.#squares = 0;
    this.#stepStart = this.#frameCount;
    // From the start, not from the last: at 11 025 Hz a step is no whole number of frames.
    const stepEnd = Math.round((this.#stepCount + 1) * this.#stepFrames);
    this.#stepEnd = Math.max(stepEnd, this.#frameCount + 1);
  }
}
