/** What the shared limits of an account cost: round trips, time, and what one Redis carries. */
import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { type Clock, systemClock } from "../../src/http/clock.ts";
import type { Account, Limiter } from "../../src/http/limiter.ts";
import { createSharedLimiter } from "../../src/queue/limits/shared-limiter.ts";
import { connectRedis, type RedisConnection } from "../../src/queue/redis/connection.ts";
import { openRedis } from "../../test/queue/redis-server.ts";
import { median } from "./measure.ts";

const { values } = parseArgs({ options: { seconds: { type: "string", default: "5" } } });
const { signal } = new AbortController();
const clock: Clock = systemClock;
const ends: (() => unknown)[] = [];
const server = await openRedis({ atEnd: (end) => ends.push(end) });

async function connect(): Promise<RedisConnection> {
  const redis = await connectRedis({ url: server.url, signal, tell: console.error });
  ends.unshift(redis.close);
  return redis;
}

function limiterOn(redis: RedisConnection) {
  return createSharedLimiter({ redis, clock, randomBytes, accountOf: (id) => `${id}/default` });
}

/** Commands of clients and of scripts that Redis has done so far. */
async function scriptsRun({ client }: RedisConnection): Promise<number> {
  const info = await client.info("commandstats");
  return Number(/cmdstat_evalsha:calls=(\d+)/.exec(info)?.[1] ?? 0);
}

/** One request after the other: waits for the place, starts, leaves. */
async function requests(limiter: Limiter, account: Account, until: () => boolean) {
  const entersMs: number[] = [];
  while (!until()) {
    const askedMs = performance.now();
    const place = await limiter.enter(account, { signal, startsLater: true });
    entersMs.push(performance.now() - askedMs);
    place.started?.();
    place.leave();
  }
  return entersMs;
}

async function alone(): Promise<void> {
  const redis = await connect();
  const limiter = limiterOn(redis);
  const account = { key: "a", limit: "alone", maxConcurrency: 20, maxStartsPerSecond: 100_000 };
  await limiter.enter(account, { signal }).then((place) => place.leave());
  const before = await scriptsRun(redis);
  const count = 2_000;
  let left = count;
  const entersMs = await requests(limiter, account, () => left-- === 0);
  const pingsMs: number[] = [];
  for (let i = 0; i < count; i++) {
    const askedMs = performance.now();
    await redis.client.ping();
    pingsMs.push(performance.now() - askedMs);
  }
  const roundTrips = ((await scriptsRun(redis)) - before) / count;
  const late = entersMs.toSorted((a, b) => a - b)[Math.floor(count * 0.99)] ?? 0;
  console.log("| one process, places free | |\n|---|---|");
  console.log(`| round trips a request (one of them waited for) | ${roundTrips.toFixed(2)} |`);
  console.log(`| until the place is had, median | ${median(entersMs).toFixed(2)} ms |`);
  console.log(`| the same, 99 % | ${late.toFixed(2)} ms |`);
  console.log(`| PING, median | ${median(pingsMs).toFixed(2)} ms |`);
  await limiter.close();
}

/** The one place of an account goes from one process to another, who waits for it. */
async function handedOver(): Promise<void> {
  const [a, b] = [limiterOn(await connect()), limiterOn(await connect())];
  const account = { key: "a", limit: "handed-over", maxConcurrency: 1 };
  const waitsMs: number[] = [];
  let held = await a.enter(account, { signal });
  for (let turn = 0; turn < 200; turn++) {
    const next = (turn % 2 === 0 ? b : a).enter(account, { signal });
    // By then it stands in line.
    await clock.sleep(10);
    const leftMs = performance.now();
    held.leave();
    held = await next;
    waitsMs.push(performance.now() - leftMs);
  }
  held.leave();
  console.log(
    `| from one who leaves to the next one's place, median | ${median(waitsMs).toFixed(2)} ms |`,
  );
  await Promise.all([a.close(), b.close()]);
}

/** Many connections, each with its own limit or all with one: as fast as Redis does it. */
async function ceiling(accounts: number, workers: number): Promise<void> {
  const limiters = await Promise.all(
    Array.from({ length: workers }, async () => limiterOn(await connect())),
  );
  const untilMs = performance.now() + Number(values.seconds) * 1_000;
  const counts = await Promise.all(
    limiters.map(async (limiter, index) => {
      const limit = `ceiling-${index % accounts}`;
      const account = { key: limit, limit, maxConcurrency: 1_000, maxStartsPerSecond: 100_000 };
      return (await requests(limiter, account, () => performance.now() > untilMs)).length;
    }),
  );
  const perSecond = counts.reduce((sum, count) => sum + count, 0) / Number(values.seconds);
  await Promise.all(limiters.map((limiter) => limiter.close()));
  console.log(`| ${accounts} | ${workers} | ${Math.round(perSecond)} |`);
}

/** The processor time of Redis itself for a request: its ceiling, whoever asks. */
async function processor(): Promise<void> {
  const redis = await connect();
  const info = await redis.client.info("commandstats");
  const [, calls, usec] = /cmdstat_evalsha:calls=(\d+),usec=(\d+)/.exec(info) ?? [];
  const perScriptMicroseconds = Number(usec) / Number(calls);
  console.log(`\nA script takes ${perScriptMicroseconds.toFixed(0)} µs of Redis' processor.`);
}

await alone();
await handedOver();
console.log("\n| accounts | connections of this process | requests a second |\n|---|---|---|");
await ceiling(1, 1);
await ceiling(1, 16);
await ceiling(16, 16);
await processor();
for (const end of ends) await end();
