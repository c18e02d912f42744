/** Three processes on one account, as the vendor sees them. */
import { expect, vi } from "vitest";
import { LEASE_MS } from "../../../src/queue/limits/model.ts";
import { itWith } from "../../tools.ts";
import { openRedis } from "../redis-server.ts";
import { countingVendor, mostInASecond, startWorker } from "./vendor-world.ts";

const LIMITS = { maxConcurrency: 6, maxStartsPerSecond: 20 };
/** Of each that lives: enough for some to be left once the dead one's lease is over. */
const REQUESTS = 220;

itWith(
  "redis-server",
  "keep its limits together, share it evenly, and live through a kill and a restart of Redis",
  async () => {
    const [redis, vendor] = await Promise.all([openRedis(), countingVendor(280)]);
    const settings = { redisUrl: redis.url, origin: vendor.origin, jobs: 12, ...LIMITS };
    const [a, b, c] = await Promise.all([
      startWorker({ ...settings, name: "a", requests: REQUESTS }),
      startWorker({ ...settings, name: "b", requests: REQUESTS }),
      startWorker({ ...settings, name: "c", requests: 1000 }),
    ]);
    const own = () => [...a.done, ...b.done];
    const untilDone = (count: number) =>
      vi.waitUntil(() => own().length + c.done.length >= count, {
        timeout: 40_000,
        interval: 10,
      });

    await untilDone(60);
    for (const { done } of [a, b, c]) expect(done.length).toBeGreaterThanOrEqual(15);

    c.child.kill("SIGKILL");
    const killedMs = performance.now();
    await c.ended;
    await untilDone(90);
    await redis.kill();
    const before = vendor.taken.length;
    const answered = () => vendor.taken.filter(({ id }) => own().includes(id)).length;
    const asked = () => vendor.taken.filter(({ id }) => !id.startsWith("c")).length;
    // What is at the vendor goes on; nothing new begins, but for a place that was given already.
    await vi.waitUntil(() => answered() === asked(), { timeout: 5_000 });
    expect(vendor.taken.length - before).toBeLessThanOrEqual(2);
    await redis.start();
    await Promise.all([a.ended, b.ended]);

    const expected = ["a", "b"].flatMap((name) =>
      Array.from({ length: REQUESTS }, (_, i) => `${name}-${i}`),
    );
    expect(own().toSorted()).toEqual(expected.toSorted());
    const taken = vendor.taken.map(({ id }) => id);
    expect(new Set(taken).size).toBe(taken.length);
    expect(Math.max(...vendor.taken.map(({ running }) => running))).toBeLessThanOrEqual(6);
    expect(mostInASecond(vendor.taken.map(({ atMs }) => atMs))).toBeLessThanOrEqual(20);
    // The dead one's places are had by the others once its lease is over; Redis was down for a while.
    const freed = vendor.taken.filter(({ atMs }) => atMs > killedMs + LEASE_MS + 4_000);
    expect(Math.max(...freed.map(({ running }) => running))).toBe(6);
    for (const { stderr } of [a, b]) {
      expect(stderr().match(/at \S+ is down/g)).toHaveLength(1);
      expect(stderr().match(/at \S+ is back/g)).toHaveLength(1);
    }
  },
);
