/**
 * Which jobs this worker has, and whose worker is dead. A lock is a key that expires: while Redis is
 * down nobody can renew his, and when it is back all seem dead. So each worker takes its locks again
 * before anybody looks for dead ones.
 */
import type { Redis } from "ioredis";
import { monotonicMs } from "../../http/clock.ts";
import type { Clock } from "../../providers/contract.ts";

/** A worker that is silent for so long is taken for dead. */
export const LOCK_MS = 30_000;
/** So often dead ones are looked for. */
export const STALLED_CHECK_MS = 10_000;
/** After so long with a Redis that is back all who live have their locks again. */
const SETTLED_MS = 5_000;

export class JobLocks {
  readonly #redis: Redis;
  readonly #clock: Clock;
  /** Key of the lock → what proves whose it is. */
  readonly #held = new Map<string, string>();
  #backSinceMs: number;

  constructor(redis: Redis, clock: Clock) {
    this.#redis = redis;
    this.#clock = clock;
    this.#backSinceMs = monotonicMs(clock);
    redis.on("ready", this.#takeAgain);
  }

  /** @returns what ends it: the job is finished, or goes back */
  hold(lockKey: string, token: string): () => void {
    this.#held.set(lockKey, token);
    return () => {
      if (this.#held.get(lockKey) === token) this.#held.delete(lockKey);
    };
  }

  /**
   * Looks for jobs of dead workers, now and then, until the signal.
   *
   * @param handOver gives those without a lock to others, as BullMQ has it
   */
  async watch(
    handOver: () => Promise<unknown>,
    onTrouble: (error: Error) => void,
    signal: AbortSignal,
  ): Promise<void> {
    for (;;) {
      await this.#clock.sleep(STALLED_CHECK_MS, signal);
      // A command that waits for Redis would be the first that it gets.
      if (!this.#isSettled()) continue;
      await handOver().catch(onTrouble);
    }
  }

  close(): void {
    this.#redis.off("ready", this.#takeAgain);
  }

  #isSettled(): boolean {
    const backMs = monotonicMs(this.#clock) - this.#backSinceMs;
    return this.#redis.status === "ready" && backMs >= SETTLED_MS;
  }

  readonly #takeAgain = (): void => {
    this.#backSinceMs = monotonicMs(this.#clock);
    for (const [lockKey, token] of this.#held) {
      // Whoever has it by now keeps it.
      this.#redis.set(lockKey, token, "PX", LOCK_MS, "NX").catch(() => {});
    }
  };
}
