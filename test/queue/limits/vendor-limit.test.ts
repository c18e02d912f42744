/** A vendor that takes fewer at once than it did, and later as many again. */
import { expect, vi } from "vitest";
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
  const until = (happened: () => boolean) => vi.waitUntil(happened, { timeout: 40_000 });
  const takenSince = (sinceMs: number) => vendor.taken.filter(({ atMs }) => atMs > sinceMs);
  await until(() => vendor.taken.length > 100);
  expect(vendor.refusedMs).toEqual([]);
  expect(Math.max(...vendor.taken.map(({ running }) => running))).toBe(8);

  vendor.limit = 2;
  const cutMs = performance.now();
  await until(() => takenSince(cutMs).length > 80);
  // Those that were on their way, and a trial: not each process for itself.
  expect(vendor.refusedMs.length).toBeGreaterThan(0);
  expect(vendor.refusedMs.length).toBeLessThanOrEqual(14);

  vendor.limit = 8;
  const raisedMs = performance.now();
  await until(() => takenSince(raisedMs).some(({ running }) => running === 8));
  for (const { child, stderr } of workers) expect([child.exitCode, stderr()]).toEqual([null, ""]);

  const taken = vendor.taken.map(({ id }) => id);
  expect(new Set(taken).size).toBe(taken.length);
});
