/** A clock that stands still until the test moves it. */
import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../src/http/clock.ts";

interface Sleeper {
  readonly wakesMs: number;
  readonly wake: () => void;
}

export class FakeClock implements Clock {
  readonly startMs = Date.UTC(2026, 0, 1);
  #nowMs = this.startMs;
  #sleepers: Sleeper[] = [];
  #onSleep: () => void = () => {};

  now(): number {
    return this.#nowMs;
  }

  get elapsedMs(): number {
    return this.#nowMs - this.startMs;
  }

  /** How many wait for time to pass. */
  get sleepers(): number {
    return this.#sleepers.length;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason);
      const sleeper: Sleeper = {
        wakesMs: this.#nowMs + ms,
        wake: () => {
          signal?.removeEventListener("abort", stop);
          resolve();
        },
      };
      const stop = () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", stop, { once: true });
      this.#sleepers.push(sleeper);
      this.#onSleep();
    });
  }

  /** Resolves once somebody sleeps. */
  async untilSomebodySleeps(): Promise<void> {
    while (this.#sleepers.length === 0) {
      await new Promise<void>((resolve) => {
        this.#onSleep = resolve;
      });
    }
  }

  /** Moves time on, waking everybody at their own moment and letting them act on it. */
  async advance(ms: number): Promise<void> {
    const targetMs = this.#nowMs + ms;
    for (;;) {
      await setImmediate();
      const next = this.#sleepers.toSorted((a, b) => a.wakesMs - b.wakesMs)[0];
      if (next === undefined || next.wakesMs > targetMs) break;
      this.#nowMs = Math.max(this.#nowMs, next.wakesMs);
      this.#sleepers = this.#sleepers.filter((sleeper) => sleeper !== next);
      next.wake();
    }
    this.#nowMs = targetMs;
    await setImmediate();
  }

  /** Moves time on to the next one who wakes, if there is one. */
  async advanceToNext(): Promise<void> {
    const wakesMs = Math.min(...this.#sleepers.map((sleeper) => sleeper.wakesMs));
    if (Number.isFinite(wakesMs)) await this.advance(wakesMs - this.#nowMs);
  }

  /** Moves time on until the promise settles. */
  async advanceUntilSettled(promise: Promise<unknown>, stepMs = 1_000): Promise<void> {
    let settled = false;
    const settle = () => {
      settled = true;
    };
    promise.then(settle, settle);
    while (!settled) await this.advance(stepMs);
  }
}
