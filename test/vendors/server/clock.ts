/** Time as a double sees it: the wall's, and the vendor's own, which may be wrong. */

/** Milliseconds since the epoch. */
export type WallClock = () => number;

export class DoubleClock {
  /** How far the vendor's clock is ahead of the wall's, in milliseconds. */
  #skewMs = 0;
  /** True once the client could know the skew (it asked for the server's time). */
  skewTold = false;
  /** The time that windows and gaps are measured by; a skewed clock does not disturb them. */
  readonly wall: WallClock;

  constructor(wall: WallClock = Date.now) {
    this.wall = wall;
  }

  get skewMs(): number {
    return this.#skewMs;
  }

  set skewMs(skewMs: number) {
    this.#skewMs = skewMs;
    this.skewTold = false;
  }

  /** What the vendor believes the time is, in milliseconds since the epoch. */
  now(): number {
    return this.wall() + this.#skewMs;
  }
}

/** A clock that stands still until a test moves it. */
export interface HandClock {
  readonly now: WallClock;
  advance(ms: number): void;
}

export function handClock(startMs = 1_700_000_000_000): HandClock {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    advance: (ms) => {
      nowMs += ms;
    },
  };
}
