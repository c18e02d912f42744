/**
 * How many jobs are at their vendors. A few more are made ready meanwhile (opened, hashed, decoded),
 * and wait here in the order in which they came: else a vendor's places stood empty while files are
 * opened and results written. Pure.
 */

/** Jobs that share a limit. */
export interface AdmissionLane {
  readonly key: string;
  /** The most of them at once. */
  readonly limit: number;
}

interface Waiter {
  readonly lane: AdmissionLane;
  readonly admit: () => void;
}

export class Admission {
  readonly #concurrency: number;
  readonly #waiting: Waiter[] = [];
  readonly #inside = new Map<string, number>();
  #all = 0;

  /** @param concurrency the most of all lanes together */
  constructor(concurrency: number) {
    this.#concurrency = concurrency;
  }

  /**
   * Waits for a place. Where a lane is full, the first of another one goes ahead.
   *
   * @returns what gives the place to the next one; more than once does no harm
   * @throws the signal's reason when aborted
   */
  async enter(lane: AdmissionLane, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter: Waiter = { lane, admit: resolve };
    const giveUp = (): void => {
      const index = this.#waiting.indexOf(waiter);
      if (index === -1) return;
      this.#waiting.splice(index, 1);
      reject(signal.reason);
    };
    this.#waiting.push(waiter);
    signal.addEventListener("abort", giveUp, { once: true });
    this.#admit();
    try {
      await promise;
    } finally {
      signal.removeEventListener("abort", giveUp);
    }
    let hasLeft = false;
    return () => {
      if (hasLeft) return;
      hasLeft = true;
      this.#count(lane, -1);
      this.#admit();
    };
  }

  #admit(): void {
    for (;;) {
      const index = this.#waiting.findIndex(({ lane }) => this.#hasRoom(lane));
      const [first] = index === -1 ? [] : this.#waiting.splice(index, 1);
      if (first === undefined) return;
      this.#count(first.lane, 1);
      first.admit();
    }
  }

  #hasRoom({ key, limit }: AdmissionLane): boolean {
    return this.#all < this.#concurrency && (this.#inside.get(key) ?? 0) < limit;
  }

  #count({ key }: AdmissionLane, change: 1 | -1): void {
    this.#all += change;
    this.#inside.set(key, (this.#inside.get(key) ?? 0) + change);
  }
}
