/** Those who wait for one account, and those who are at the vendor. */
import { Alarm } from "./alarm.ts";
import { Allowance } from "./allowance.ts";
import { type Clock, monotonicMs } from "./clock.ts";
import type { Flow } from "./fair-line.ts";
import type { Account, EnterOptions, Place, Refusal } from "./limiter.ts";
import { Refusals } from "./refusals.ts";
import { StartShare } from "./start-share.ts";
import { type Start, StartWindow } from "./start-window.ts";
import { Waiters } from "./waiters.ts";

interface Waiter {
  readonly account: Account;
  readonly flow: Flow;
  readonly startsLater: boolean;
  readonly admit: (place: Place) => void;
}

export class AccountQueue {
  readonly #clock: Clock;
  readonly #allowance = new Allowance();
  readonly #startShare = new StartShare();
  readonly #refusals = new Refusals();
  readonly #waiters = new Waiters<Waiter>();
  readonly #starts = new StartWindow();
  #running = 0;
  /** Rises with each cut: those who began before it say nothing new by complaining too. */
  #cuts = 0;
  readonly #alarm: Alarm;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#alarm = new Alarm(clock, () => this.#admit());
  }

  async enter(account: Account, options: EnterOptions): Promise<Place> {
    const { signal, again = false, startsLater = false, flow = Symbol("of its own") } = options;
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Place>();
    const waiter: Waiter = { account, flow, startsLater, admit: resolve };
    const giveUp = () => {
      if (!this.#waiters.remove(waiter)) return;
      reject(signal.reason);
      this.#admit();
    };
    this.#waiters.add(waiter, again);
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
      const first = this.#waiters.next;
      const opensMs = first === undefined ? Number.POSITIVE_INFINITY : this.#opensMs(first, nowMs);
      if (first === undefined || opensMs > nowMs) {
        this.#alarm.set(opensMs);
        return;
      }
      this.#waiters.take();
      this.#running++;
      const allowed = this.#allowedStarts(first, nowMs);
      const start = this.#starts.admit(allowed, nowMs, first.startsLater);
      first.admit(this.#place(start, first.flow));
    }
  }

  /** When the account can have its next start: now, later, or not before somebody leaves. */
  #opensMs(waiter: Waiter, nowMs: number): number {
    const { maxConcurrency } = waiter.account;
    let opensMs = Math.max(nowMs, this.#refusals.pausedUntilMs);
    if (this.#running >= this.#allowance.of(maxConcurrency, nowMs)) {
      if (this.#running >= maxConcurrency) return Number.POSITIVE_INFINITY;
      opensMs = Math.max(opensMs, this.#allowance.nextRiseMs(maxConcurrency, nowMs));
    }
    return Math.max(opensMs, this.#starts.opensMs(this.#allowedStarts(waiter, nowMs), nowMs));
  }

  #allowedStarts({ account: { maxStartsPerSecond } }: Waiter, nowMs: number): number {
    if (maxStartsPerSecond === undefined) return Number.POSITIVE_INFINITY;
    return this.#startShare.of(maxStartsPerSecond, nowMs);
  }

  #place(start: Start, flow: Flow): Place {
    const cuts = this.#cuts;
    let refusal: Refusal | undefined;
    let left = false;
    return {
      get refusal() {
        return refusal;
      },
      started: () => {
        start.at(monotonicMs(this.#clock));
        this.#admit();
      },
      slowDown: (retryAfterMs) => {
        const nowMs = monotonicMs(this.#clock);
        const others = this.#running - 1;
        refusal = this.#refusals.refused(others === 0, retryAfterMs, nowMs);
        const isNews = cuts === this.#cuts;
        this.#allowance.refused(others, isNews, nowMs);
        if (!isNews) return;
        this.#cuts++;
        this.#startShare.cut(nowMs);
      },
      leave: () => {
        if (left) return;
        left = true;
        if (refusal === undefined) this.#refusals.served();
        start.settle();
        this.#waiters.leave(flow);
        this.#running--;
        this.#admit();
      },
    };
  }
}
