/**
 * The limiter of all processes that share a Redis: what one vendor account allows holds for them
 * together. While Redis is down, what is at the vendor goes on, and nothing new begins.
 */
import type { Clock } from "../../http/clock.ts";
import type { Account, Limiter } from "../../http/limiter.ts";
import type { RedisConnection } from "../redis/connection.ts";
import { commandError } from "../redis/failures.ts";
import { limitCommands } from "./commands.ts";
import { callsChannel, limitKeys } from "./model.ts";
import { SharedQueue } from "./shared-queue.ts";

export interface SharedLimiterSettings {
  readonly redis: Pick<RedisConnection, "client" | "another" | "host">;
  readonly clock: Clock;
  /** Cryptographically strong bytes: the worker's name. */
  readonly randomBytes: (count: number) => Uint8Array;
  /**
   * The account that a provider uses, by the user's name for it: "tencent/default". It stands in
   * Redis: nothing of a credential may be in it.
   */
  readonly accountOf: (providerId: string) => string;
}

export interface SharedLimiter extends Limiter {
  /** Gives all places back, as far as Redis can be reached. */
  close(): Promise<void>;
}

/** So long a Redis that does not answer keeps nobody from leaving: the lease ends by itself. */
const FAREWELL_MS = 500;

/** Sends nothing before the first request. */
export function createSharedLimiter(settings: SharedLimiterSettings): SharedLimiter {
  const { redis, clock, randomBytes, accountOf } = settings;
  const worker = Buffer.from(randomBytes(8)).toString("hex");
  const commandsOf = limitCommands(redis.client);
  const queues = new Map<string, SharedQueue>();
  let ear: ReturnType<RedisConnection["another"]> | undefined;

  /** Hears when a turn is ours. Where that can't be heard it is asked for, from time to time. */
  function listen(): void {
    ear = redis.another();
    // What was called before that was not heard.
    const askAnew = () => {
      for (const queue of queues.values()) queue.called(0);
    };
    ear.subscribe(callsChannel(worker)).then(askAnew, () => {});
    ear.on("message", (_, message: string) => {
      const [key = "", waitMs] = message.split(" ");
      queues.get(key)?.called(Number(waitMs));
    });
  }

  function queueOf({ limit }: Account): SharedQueue {
    const [providerId = limit] = limit.split("/");
    const keys = limitKeys(accountOf(providerId), limit);
    const known = queues.get(keys[0]);
    if (known !== undefined) return known;
    const asError = (error: unknown) => commandError(error, redis.host);
    const queue = new SharedQueue({ commands: commandsOf(keys, worker), clock, worker, asError });
    queues.set(keys[0], queue);
    if (ear === undefined) listen();
    return queue;
  }

  return {
    enter: (account, options) => queueOf(account).enter(account, options),
    async close() {
      const patience = new AbortController();
      const farewells = Promise.allSettled([...queues.values()].map((queue) => queue.close()));
      const late = clock.sleep(FAREWELL_MS, patience.signal).catch(() => {});
      await Promise.race([farewells, late]);
      patience.abort();
      ear?.disconnect();
    },
  };
}
