import { randomBytes } from "node:crypto";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, vi } from "vitest";
import { AsrError } from "../../../src/errors.ts";
import { systemClock } from "../../../src/http/clock.ts";
import type { Account, EnterOptions, Place } from "../../../src/http/limiter.ts";
import { limitCommands } from "../../../src/queue/limits/commands.ts";
import { limitKeys } from "../../../src/queue/limits/model.ts";
import {
  createSharedLimiter,
  type SharedLimiter,
} from "../../../src/queue/limits/shared-limiter.ts";
import { connectRedis, type RedisConnection } from "../../../src/queue/redis/connection.ts";
import { hasTool, itWith } from "../../tools.ts";
import { openRedis, type RedisServer } from "../redis-server.ts";

const ONE: Account = { key: "acme-file/hidden-key", limit: "acme-file", maxConcurrency: 1 };
const KEYS = limitKeys("acme/sales", "acme-file");
const { signal } = new AbortController();

let server: RedisServer;
let redis: Redis;
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  if (!hasTool("redis-server")) return;
  server = await openRedis({ atEnd: (end) => ends.push(end), password: "pass-of-the-test" });
  const connection = await connect();
  redis = connection.client;
  ends.push(() => connection.close());
});

afterAll(() => Promise.all(ends.map((end) => end())));

beforeEach(async () => {
  await redis?.flushall();
});

function connect(url = server.secretUrl): Promise<RedisConnection> {
  return connectRedis({ url, signal, tell: () => {} });
}

/** A limiter on a connection of its own, as another process has it. */
async function open(url?: string): Promise<SharedLimiter> {
  const connection = await connect(url);
  const limiter = createSharedLimiter({
    redis: connection,
    clock: systemClock,
    randomBytes,
    accountOf: () => "acme/sales",
  });
  onTestFinished(async () => {
    await limiter.close();
    connection.close();
  });
  return limiter;
}

/** Asks, and writes down who had a place, in order. */
function asking(entered: [string, Place][]) {
  return (
    limiter: SharedLimiter,
    name: string,
    account = ONE,
    options: Partial<EnterOptions> = {},
  ): Promise<Place> => {
    const waiting = limiter.enter(account, { signal, ...options });
    waiting.then(
      (place) => entered.push([name, place]),
      () => {},
    );
    return waiting;
  };
}

const inLine = () => redis.zcard(KEYS[5] ?? "");

describe("two processes", () => {
  itWith("redis-server", "take turns, whatever one of them has waiting", async () => {
    const [a, b] = await Promise.all([open(), open()]);
    const entered: [string, Place][] = [];
    const ask = asking(entered);
    const held = await ask(a, "first");
    for (const name of ["a1", "a2", "a3"]) ask(a, name);
    await vi.waitUntil(async () => (await inLine()) === 1);
    ask(b, "b1");
    await vi.waitUntil(async () => (await inLine()) === 2);
    held.leave();
    for (let turn = 1; turn < 5; turn++) {
      await vi.waitUntil(() => entered.length === turn + 1, { interval: 1 });
      entered[turn]?.[1].leave();
    }
    expect(entered.map(([name]) => name)).toEqual(["first", "a1", "b1", "a2", "a3"]);
  });

  itWith("redis-server", "wake each other without waiting for a timer", async () => {
    const [a, b] = await Promise.all([open(), open()]);
    const waitsMs: number[] = [];
    let held = await a.enter(ONE, { signal });
    for (let turn = 0; turn < 20; turn++) {
      const next = (turn % 2 === 0 ? b : a).enter(ONE, { signal });
      await vi.waitUntil(async () => (await inLine()) === 1, { interval: 1 });
      const leftMs = performance.now();
      held.leave();
      held = await next;
      waitsMs.push(performance.now() - leftMs);
    }
    held.leave();
    expect(waitsMs.toSorted((x, y) => x - y)[10]).toBeLessThan(50);
  });

  itWith("redis-server", "wait together where the vendor says so", async () => {
    const [a, b] = await Promise.all([open(), open()]);
    const refused = await a.enter(ONE, { signal });
    refused.slowDown(1_500);
    refused.leave();
    await refused.told;
    expect(refused.refusal).toEqual({ forMs: 0, isPassing: false });
    const refusedMs = performance.now();
    const place = await b.enter(ONE, { signal });
    expect(performance.now() - refusedMs).toBeGreaterThan(1_400);
    place.slowDown();
    place.leave();
    await place.told;
    expect(place.refusal?.forMs).toBeGreaterThan(1_400);
  });

  itWith("redis-server", "have a limit each, by the names of account and limit", async () => {
    const a = await open();
    await a.enter(ONE, { signal });
    await a.enter({ ...ONE, limit: "acme-file/large" }, { signal });
    expect((await redis.keys("*:places")).toSorted()).toEqual([
      "asr:limits:{acme/sales/acme-file/large}:places",
      "asr:limits:{acme/sales/acme-file}:places",
    ]);
  });
});

describe("who gives up", () => {
  itWith("redis-server", "is gone at once, and keeps nobody waiting", async () => {
    const [a, b] = await Promise.all([open(), open()]);
    const held = await a.enter(ONE, { signal });
    const abort = new AbortController();
    const first = b.enter(ONE, { signal: abort.signal });
    await vi.waitUntil(async () => (await inLine()) === 1);
    const second = a.enter(ONE, { signal });
    await vi.waitUntil(async () => (await inLine()) === 2);
    abort.abort(new Error("stop"));
    await expect(first).rejects.toThrow("stop");
    await vi.waitUntil(async () => (await inLine()) === 1);
    held.leave();
    (await second).leave();
    await expect(b.enter(ONE, { signal: abort.signal })).rejects.toThrow("stop");
    (await b.enter(ONE, { signal })).leave();
  });

  itWith("redis-server", "need not wait for a Redis that does not answer", async () => {
    const a = await open();
    server.freeze(true);
    onTestFinished(() => server.freeze(false));
    const abort = new AbortController();
    const waiting = a.enter(ONE, { signal: abort.signal });
    abort.abort(new Error("stop"));
    await expect(waiting).rejects.toThrow("stop");
    server.freeze(false);
    // The place that was on its way is given back.
    (await a.enter(ONE, { signal })).leave();
  });
});

itWith("redis-server", "lets the next one pass where the one that is called is dead", async () => {
  const a = await open();
  const held = await a.enter(ONE, { signal });
  const dead = limitCommands(redis)(KEYS, "dead");
  await dead.enter("dead/1", { maxConcurrency: 1, wanted: 1 });
  const waiting = a.enter(ONE, { signal });
  await vi.waitUntil(async () => (await inLine()) === 2);
  held.leave();
  const leftMs = performance.now();
  (await waiting).leave();
  expect(performance.now() - leftMs).toBeLessThan(2_500);
});

itWith("redis-server", "tells a Redis that lost everything what there is", async () => {
  const a = await open();
  const held = await a.enter(ONE, { signal });
  await redis.flushall();
  await vi.waitUntil(async () => (await redis.hlen(KEYS[1] ?? "")) === 1, { timeout: 10_000 });
  held.leave();
  await vi.waitUntil(async () => (await redis.hlen(KEYS[1] ?? "")) === 0);
});

itWith("redis-server", "leaves nothing of itself when it closes, and keys that end", async () => {
  const a = await open();
  await a.enter({ ...ONE, maxStartsPerSecond: 5 }, { signal, startsLater: true });
  void a.enter(ONE, { signal }).catch(() => {});
  await vi.waitUntil(async () => (await inLine()) === 1);
  await a.close();
  expect(await redis.exists(...KEYS.slice(4), KEYS[1] ?? "", KEYS[2] ?? "")).toBe(0);
  for (const key of await redis.keys("*")) {
    expect(await redis.ttl(key), key).toBeGreaterThan(80_000);
  }
});

itWith("redis-server", "keeps credentials out of Redis", async () => {
  const a = await open();
  const place = await a.enter({ ...ONE, maxStartsPerSecond: 5 }, { signal });
  place.slowDown();
  await place.told;
  const dump = await Promise.all((await redis.keys("*")).map((key) => redis.dump(key)));
  expect(`${await redis.keys("*")}${dump}`).not.toMatch(/hidden-key|pass-of/);
  expect(dump.length).toBeGreaterThan(3);
});

itWith("redis-server", "says who may not use that Redis", async () => {
  await redis.acl("SETUSER", "guest", "on", ">guest-pass", "~other:*", "+@all");
  const guest = await open(server.secretUrl.replace(":pass-of-the-test", "guest:guest-pass"));
  const error = await guest.enter(ONE, { signal }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AsrError);
  expect(error).toMatchObject({ kind: "credentials", details: { reason: "NOPERM" } });
});
