/** Those who wait for one account, and those who are at the vendor. */
import { Allowance } from "./allowance.ts";
import { type Clock, monotonicMs } from "./clock.ts";
import type { Account, EnterOptions, Place } from "./limiter.ts";
import { type Start, StartWindow } from "./start-window.ts";

interface Waiter {
  readonly account: Account;
  readonly startsLater: boolean;
  readonly admit: (place: Place) => void;
}

export class AccountQueue {
  readonly #clock: Clock;
  readonly #allowance = new Allowance();
  readonly #newcomers: Waiter[] = [];
  readonly #repeats: Waiter[] = [];
  readonly #starts = new StartWindow();
  #running = 0;
  /** Rises with each cut: those who began before it say nothing new by complaining too. */
  #cuts = 0;
  #alarm: { readonly ringsMs: number; readonly cancel: AbortController } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async enter(account: Account, options: EnterOptions): Promise<Place> {
    const { signal, again = false, startsLater = false } = options;
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Place>();
    const waiter: Waiter = { account, startsLater, admit: resolve };
    const line = again ? this.#repeats : this.#newcomers;
    const giveUp = () => {
      const index = line.indexOf(waiter);
      if (index === -1) return;
      line.splice(index, 1);
      reject(signal.reason);
      this.#admit();
    };
    line.push(waiter);
    signal.addEventListener("abort", giveUp, { once: true });
    this.#admit();
    try {
      return await promise;
    } finally {
      signal.removeEventListener("abort", giveUp);
    }
  }

  /** Lets in whoever may begin now, and sets the alarm for the next one. */
  #admit(): void {
    for (;;) {
      const nowMs = monotonicMs(this.#clock);
      const line = this.#repeats.length > 0 ? this.#repeats : this.#newcomers;
      const [first] = line;
      const opensMs = first === undefined ? Number.POSITIVE_INFINITY : this.#opensMs(first, nowMs);
      if (first === undefined || opensMs > nowMs) {
        this.#setAlarm(opensMs, nowMs);
        return;
      }
      line.shift();
      this.#running++;
      const allowed = this.#allowedStarts(first, nowMs);
      first.admit(this.#place(this.#starts.admit(allowed, nowMs, first.startsLater)));
    }
  }

  /** When the account can have its next start: now, later, or not before somebody leaves. */
  #opensMs(waiter: Waiter, nowMs: number): number {
    const { maxConcurrency } = waiter.account;
    let opensMs = Math.max(nowMs, this.#allowance.pausedUntilMs);
    if (this.#running >= this.#allowance.of(maxConcurrency, nowMs)) {
      if (this.#running >= maxConcurrency) return Number.POSITIVE_INFINITY;
      opensMs = Math.max(opensMs, this.#allowance.nextRiseMs(maxConcurrency, nowMs));
    }
    return Math.max(opensMs, this.#starts.opensMs(this.#allowedStarts(waiter, nowMs), nowMs));
  }

  #allowedStarts({ account: { maxStartsPerSecond } }: Waiter, nowMs: number): number {
    if (maxStartsPerSecond === undefined) return Number.POSITIVE_INFINITY;
    return this.#allowance.of(maxStartsPerSecond, nowMs);
  }

  /** One timer at most, and none while nobody waits for time to pass. */
  #setAlarm(ringsMs: number, nowMs: number): void {
    if (this.#alarm?.ringsMs === ringsMs) return;
    this.#alarm?.cancel.abort();
    this.#alarm = undefined;
    if (ringsMs === Number.POSITIVE_INFINITY) return;
    const cancel = new AbortController();
    this.#alarm = { ringsMs, cancel };
    this.#clock.sleep(Math.ceil(ringsMs - nowMs), cancel.signal).then(
      () => {
        if (cancel.signal.aborted) return;
        this.#alarm = undefined;
        this.#admit();
      },
      () => {},
    );
  }

  #place(start: Start): Place {
    const cuts = this.#cuts;
    let left = false;
    return {
      started: () => {
        start.at(monotonicMs(this.#clock));
        this.#admit();
      },
      slowDown: (retryAfterMs) => {
        const nowMs = monotonicMs(this.#clock);
        this.#allowance.pause(nowMs, retryAfterMs);
        if (cuts !== this.#cuts) return;
        this.#cuts++;
        this.#allowance.cut(nowMs);
      },
      leave: () => {
        if (left) return;
        left = true;
        start.settle();
        this.#running--;
        this.#admit();
      },
    };
  }
}
