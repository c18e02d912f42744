/**
 * The level of the noise behind speech: the least of the last seconds, since even fluent speech
 * has dips (R. Martin, "Noise power spectral density estimation based on optimal smoothing and
 * minimum statistics", 2001).
 */

/** Steps of the window, and frames in each: 4 s of frames of 20 ms. */
const STEPS = 8;
const STEP_FRAMES = 25;
/** Until then, anything that is not silence may be speech: 1.5 s. */
const START_STEPS = 3;

export class NoiseFloor {
  /** The least of each step that is over, the oldest first. */
  readonly #steps: number[];
  readonly #startDb: number;
  #stepDb = Number.POSITIVE_INFINITY;
  #frameCount = 0;

  /**
   * @param startDb what is held for noise as long as little else is known; frames that are no
   *   louder are digital silence, which says nothing of the noise
   */
  constructor(startDb: number) {
    this.#startDb = startDb;
    this.#steps = Array.from({ length: STEPS }, (_, step) =>
      step < START_STEPS ? startDb : Number.POSITIVE_INFINITY,
    );
  }

  /** @returns the floor in decibels, this frame included */
  push(levelDb: number): number {
    if (levelDb > this.#startDb) this.#stepDb = Math.min(this.#stepDb, levelDb);
    const leastDb = Math.min(this.#stepDb, ...this.#steps);
    const floorDb = Number.isFinite(leastDb) ? leastDb : this.#startDb;
    this.#frameCount++;
    if (this.#frameCount % STEP_FRAMES === 0) {
      this.#steps.shift();
      this.#steps.push(this.#stepDb);
      this.#stepDb = Number.POSITIVE_INFINITY;
    }
    return floorDb;
  }
}
