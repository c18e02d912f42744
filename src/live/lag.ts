/** How far recognition is behind what is being said. */

/** Less is the ordinary way of slices and answers. */
const NOTABLE_MS = 2_000;

export interface LagOptions {
  /** When the audio at a place of the stream came, in clock milliseconds; undefined: not yet. */
  readonly arrivedAt: (ms: number) => number | undefined;
  readonly now: () => number;
  /** Told each whole second from two on, and 0 when recognition has caught up. */
  readonly onLag: (lagMs: number) => void;
}

export class LagMeter {
  readonly #options: LagOptions;
  #answeredMs = 0;
  #toldSeconds = 0;

  constructor(options: LagOptions) {
    this.#options = options;
  }

  /** How long ago the first audio came that is not answered yet; 0 where all is. */
  get lagMs(): number {
    const { arrivedAt, now } = this.#options;
    const sinceMs = arrivedAt(this.#answeredMs);
    return sinceMs === undefined ? 0 : Math.max(0, Math.round(now() - sinceMs));
  }

  /** All before has been answered, or left out for silence. */
  answered(ms: number): void {
    this.#answeredMs = Math.max(this.#answeredMs, ms);
    this.update();
  }

  /** Time has passed, or audio come. */
  update(): void {
    const { lagMs } = this;
    const seconds = lagMs < NOTABLE_MS ? 0 : Math.floor(lagMs / 1000);
    if (seconds === this.#toldSeconds) return;
    this.#toldSeconds = seconds;
    this.#options.onLag(seconds === 0 ? 0 : lagMs);
  }
}
