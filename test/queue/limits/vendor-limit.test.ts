/** A vendor that takes fewer at once than it did, and later as many again. */
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { itWith } from "../../tools.ts";
import { openRedis } from "../redis-server.ts";
import { countingVendor, startWorker } from "./vendor-world.ts";

itWith("redis-server", "is followed by three processes as by one: 8, then 2, then 8", async () => {
  const [redis, vendor] = await Promise.all([openRedis(), countingVendor(100)]);
  vendor.limit = 8;
  const asked = {
    redisUrl: redis.url,
    origin: vendor.origin,
    jobs: 8,
    requests: 100_000,
    maxConcurrency: 8,
  };
  const names = ["a", "b", "c"];
  const workers = await Promise.all(names.map((name) => startWorker({ ...asked, name })));
  await sleep(2_000);
  expect(vendor.refusedMs).toEqual([]);
  expect(Math.max(...vendor.taken.map(({ running }) => running))).toBe(8);

  vendor.limit = 2;
  const cutMs = performance.now();
  await sleep(6_000);
  // Those that were on their way, and one trial: not each process for itself.
  expect(vendor.refusedMs.length).toBeGreaterThan(0);
  expect(vendor.refusedMs.length).toBeLessThanOrEqual(14);
  const fewMs = cutMs + 3_000;
  const few = vendor.taken.filter(({ atMs }) => atMs > fewMs);
  expect(few.length).toBeGreaterThan(30);

  vendor.limit = 8;
  const raisedMs = performance.now();
  await sleep(24_000);
  const lately = vendor.taken.filter(({ atMs }) => atMs > raisedMs + 22_000);
  expect(Math.max(...lately.map(({ running }) => running))).toBe(8);
  expect(lately.length).toBeGreaterThan(80);
  for (const { child, stderr } of workers) expect([child.exitCode, stderr()]).toEqual([null, ""]);

  const taken = vendor.taken.map(({ id }) => id);
  expect(new Set(taken).size).toBe(taken.length);
});
