/**
 * A process that asks a vendor within limits it shares with others: `node limited-worker.ts SETTINGS`,
 * settings as JSON. Says "ready", then a line for each request that was answered, and ends when it
 * has no more to ask.
 */
import { randomBytes } from "node:crypto";
import { AsrError } from "../../../src/errors.ts";
import { createHttpClient } from "../../../src/http/client.ts";
import { systemClock } from "../../../src/http/clock.ts";
import { createTransport } from "../../../src/http/undici-transport.ts";
import { createSharedLimiter } from "../../../src/queue/limits/shared-limiter.ts";
import { connectRedis } from "../../../src/queue/redis/connection.ts";

export interface WorkerSettings {
  readonly name: string;
  readonly redisUrl: string;
  readonly origin: string;
  readonly requests: number;
  /** So many jobs at a time wait for a place, or have one. */
  readonly jobs: number;
  readonly maxConcurrency: number;
  readonly maxStartsPerSecond?: number;
}

async function work(settings: WorkerSettings): Promise<void> {
  const { name, origin, requests, jobs, redisUrl, ...limits } = settings;
  const { signal } = new AbortController();
  const tell = (line: string) => console.error(`${name}: ${line}`);
  const redis = await connectRedis({ url: redisUrl, signal, tell });
  const limiter = createSharedLimiter({
    redis,
    clock: systemClock,
    randomBytes,
    accountOf: (providerId) => `${providerId}/default`,
  });
  const transport = createTransport({ environment: {} });
  const client = createHttpClient({ transport, limiter, clock: systemClock, random: Math.random });
  console.log("ready");
  let next = 0;
  const job = async () => {
    while (next < requests) {
      const id = `${name}-${next++}`;
      await client.send({
        origin,
        paid: true,
        signal,
        log: () => {},
        secrets: [],
        account: { key: "secret", limit: "acme", ...limits },
        build: () => ({ method: "POST", url: new URL(`${origin}/${id}`), headers: {} }),
        async read({ status }) {
          if (status === 200) return;
          throw new AsrError("quota", "too many", { retryable: status === 429 });
        },
      });
      console.log(id);
    }
  };
  await Promise.all(Array.from({ length: jobs }, job));
  await limiter.close();
  await transport.close();
  redis.close();
}

await work(JSON.parse(process.argv[2] ?? "{}"));
