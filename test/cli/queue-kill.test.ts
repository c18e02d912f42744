/** Three workers, one Redis: one worker is killed midway, and Redis is started again once. */
import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { expect } from "vitest";
import { openRedis } from "../queue/redis-server.ts";
import { itWith } from "../tools.ts";
import type { RequestRecord } from "../vendors/server/recorder.ts";
import { openWorker, writeClips } from "./queue-world.ts";
import { asr, temporaryFolder } from "./run.ts";
import { openVendor } from "./vendor-accounts.ts";

const JOBS = 300;
/** Of the account: requests at once, and in any second. */
const AT_ONCE = 6;
const PER_SECOND = 20;
const ACCOUNT = { concurrency: AT_ONCE, requestsPerSecond: PER_SECOND };
/** An answer takes so long. */
const LATENCY_MS = 200;
const KILLED_AFTER = 90;
const RESTARTED_AFTER = 180;
/** From a vendor's last byte to its answer in Redis, on a slow machine. */
const TOLD_WITHIN_MS = 500;
/** For the restart, the worker that nobody hears of, and a slow machine. */
const PATIENCE_MS = 240_000;

itWith(
  "redis-server",
  "300 jobs are all done, within the limits, none twice",
  async () => {
    const redis = await openRedis();
    const lag = monitorEventLoopDelay({ resolution: 5 });
    lag.enable();
    const { vendor, env } = await openVendor("tencent-flash", {
      concurrency: AT_ONCE,
      faults: () => ({ kind: "hold-answer", until: setTimeout(LATENCY_MS) }),
    });
    const cwd = temporaryFolder();
    await writeClips(path.join(cwd, "in"), JOBS);
    await writeFile(path.join(cwd, ".asrrc"), JSON.stringify({ vendors: { tencent: ACCOUNT } }));
    const queue = { ASR_QUEUE: redis.url };
    const open = () => openWorker({ cwd, env: { ...env, ...queue } });
    const [victim, ...others] = await Promise.all([open(), open(), open()]);
    const batch = asr(["transcribe", "in", "-p", "tencent-flash", "-o", "out/"], {
      cwd,
      env: queue,
    });
    await vendor.waitFor(({ index }) => index === KILLED_AFTER);
    const sentAtDeath = vendor.requests.length;
    const diedAtMs = Date.now();
    await victim.end("SIGKILL");
    await vendor.waitFor(({ index }) => index === RESTARTED_AFTER);
    await redis.kill();
    await redis.start();
    const { code, stderr } = await batch;
    expect(stderr).toMatch(/the queue at \S+ is down .*: waiting until it is back/);
    expect(stderr).toContain(`${JOBS} of ${JOBS} inputs done`);
    expect(code).toBe(0);
    const results = await readdir(path.join(cwd, "out"));
    expect(results.filter((name) => name.endsWith(".txt"))).toHaveLength(JOBS);
    expect(vendor.violations).toEqual([]);
    expect(vendor.maxConcurrency()).toBeLessThanOrEqual(AT_ONCE);
    // The double is in this process: what it was late by brings arrivals closer together.
    const lateMs = Math.ceil(lag.max / 1e6);
    expect(vendor.maxInWindow(1000 - lateMs)).toBeLessThanOrEqual(PER_SECOND);
    // What the killed one had not got, or not yet told of, is asked for again; nothing else is.
    const byAudio = Map.groupBy(vendor.requests, ({ audio }) => audio?.sha256);
    expect(byAudio.size).toBe(JOBS);
    for (const [first, second, ...more] of byAudio.values()) {
      expect(more).toEqual([]);
      if (second === undefined) continue;
      expect(first?.index).toBeLessThan(sentAtDeath);
      expect(isKnown(first, diedAtMs)).toBe(false);
      expect(second.outcome).toBe("answered");
    }
    for (const worker of others) expect((await worker.end("SIGTERM")).code).toBe(0);
  },
  PATIENCE_MS,
);

/** Its answer was out so long before that whoever got it had told Redis. */
function isKnown(request: RequestRecord | undefined, diedAtMs: number): boolean {
  const { outcome, closedAtMs = Number.POSITIVE_INFINITY } = request ?? {};
  return outcome === "answered" && closedAtMs < diedAtMs - TOLD_WITHIN_MS;
}
