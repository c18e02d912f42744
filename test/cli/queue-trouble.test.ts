import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { describe, expect } from "vitest";
import { JobStore } from "../../src/queue/job-store.ts";
import { openRedis } from "../queue/redis-server.ts";
import { itWith } from "../tools.ts";
import { clip, openWorker, writeClips } from "./queue-world.ts";
import { asr, temporaryFolder } from "./run.ts";
import { openVendor } from "./vendor-accounts.ts";

const BATCH = ["transcribe", "in", "-p", "tencent-flash", "-o", "out/"];

describe("a queue", () => {
  itWith("redis-server", "has what was done by a worker that died before it said so", async () => {
    const redis = await openRedis();
    const { vendor, env } = await openVendor("tencent-flash");
    const cwd = temporaryFolder();
    await writeClips(path.join(cwd, "in"), 1);
    const queue = { ASR_QUEUE: redis.url };
    const batch = asr(BATCH, { cwd, env: queue });
    const client = new Redis(redis.url);
    const waiting = new Queue("asr-tencent-default", { connection: client, prefix: "asr" });
    let job: string | undefined;
    while (job === undefined) [job] = (await waiting.getWaiting()).map(({ id }) => id);
    await client.hincrby(waiting.toKey(job), "ats", 1);
    const source = { name: "000.wav", sampleRate: 16_000, channels: 1 };
    const segment = { startMs: 0, endMs: 900, text: "earlier" };
    await new JobStore(client).putOutcome(job, {
      schemaVersion: 1,
      events: [
        { type: "start", provider: "tencent-flash", source },
        { type: "final", segment },
      ],
      durationMs: 1000,
      sha256: "0".repeat(64),
    });
    await waiting.close();
    client.disconnect();
    const worker = await openWorker({ cwd, env: { ...env, ...queue } });
    expect((await batch).code).toBe(0);
    await worker.end("SIGTERM");
    expect(vendor.requests).toEqual([]);
    expect(await readFile(path.join(cwd, "out", "000.txt"), "utf8")).toContain("earlier");
  });

  itWith("redis-server", "that is down is waited for, and left when one wants to", async () => {
    const redis = await openRedis();
    const { vendor, env } = await openVendor("tencent-flash");
    const cwd = temporaryFolder();
    await writeClips(path.join(cwd, "in"), 2);
    const queue = { ASR_QUEUE: redis.url };
    // No worker yet: the jobs wait.
    let isKilled = false;
    const left = asr(BATCH, {
      cwd,
      env: queue,
      watch: (text, child) => {
        if (text.includes("is down") && !isKilled) {
          isKilled = true;
          child.kill("SIGINT");
        }
      },
    });
    const client = new Redis(redis.url);
    const waiting = new Queue("asr-tencent-default", { connection: client, prefix: "asr" });
    while ((await waiting.getWaitingCount()) < 2) await client.ping();
    await waiting.close();
    client.disconnect();
    await redis.kill();
    expect(await left).toMatchObject({
      code: 130,
      stderr: expect.stringContaining("2 stay with the queue's workers"),
    });
    // Both sides begin while nobody is there.
    let started: Promise<void> | undefined;
    const batch = asr(BATCH, {
      cwd,
      env: queue,
      watch: (text) => {
        if (text.includes("is down")) started ??= redis.start();
      },
    });
    const worker = await openWorker({ cwd, env: { ...env, ...queue } });
    const { code, stderr } = await batch;
    await started;
    await worker.end("SIGTERM");
    expect(stderr).toMatch(/is down \(nobody listens there\): waiting until it is back/);
    expect(stderr).toMatch(/is back/);
    expect(code).toBe(0);
    expect(vendor.requests).toHaveLength(2);
    expect(await readdir(path.join(cwd, "out"))).toContain("000.txt");
  });

  itWith("redis-server", "is not asked for parts that were answered here before", async () => {
    const redis = await openRedis();
    const { vendor, env } = await openVendor("tencent-flash", {
      faults: [{ at: 2, fault: { kind: "code", code: 4003 } }],
    });
    const cwd = temporaryFolder();
    await mkdir(path.join(cwd, "in"));
    await writeFile(path.join(cwd, "in", "long.wav"), clip(1, 16 * 32_000));
    const words = [...BATCH, "--split", "2"];
    const here = await asr([...words, "-j", "1"], { cwd, env });
    expect(here.code).not.toBe(0);
    const known = vendor.requests.filter(({ code }) => code === 0);
    expect(known.length).toBeGreaterThan(1);
    const sent = vendor.requests.length;
    const queue = { ASR_QUEUE: redis.url };
    const worker = await openWorker({ cwd, env: { ...env, ...queue } });
    expect(await asr(words, { cwd, env: queue })).toMatchObject({ code: 0 });
    const again = vendor.requests.slice(sent).map(({ audio }) => audio?.sha256);
    expect(again.length).toBeGreaterThan(0);
    for (const { audio } of known) expect(again).not.toContain(audio?.sha256);
    await worker.end("SIGTERM");
  });

  itWith("redis-server", "takes an input twice that a list names for two results", async () => {
    const redis = await openRedis();
    const { vendor, env } = await openVendor("tencent-flash");
    const cwd = temporaryFolder();
    await writeFile(path.join(cwd, "a.wav"), clip(1));
    const list = ["one", "two"].map((output) => JSON.stringify({ input: "a.wav", output }));
    await writeFile(path.join(cwd, "list"), list.join("\n"));
    const queue = { ASR_QUEUE: redis.url };
    const worker = await openWorker({ cwd, env: { ...env, ...queue } });
    const words = ["transcribe", "--from", "list", "-p", "tencent-flash", "-o", "out/"];
    expect(await asr(words, { cwd, env: queue })).toMatchObject({ code: 0 });
    expect(await readdir(path.join(cwd, "out"))).toEqual(
      expect.arrayContaining(["one.txt", "two.txt"]),
    );
    expect(vendor.requests).toHaveLength(2);
    await worker.end("SIGTERM");
  });

  itWith("redis-server", "that somebody has emptied is filled again", async () => {
    const redis = await openRedis();
    const { vendor, env } = await openVendor("tencent-flash");
    const cwd = temporaryFolder();
    await writeClips(path.join(cwd, "in"), 3);
    const queue = { ASR_QUEUE: redis.url };
    const batch = asr(BATCH, { cwd, env: queue });
    const client = new Redis(redis.url, { maxRetriesPerRequest: null });
    const jobs = () => client.llen("asr:asr-tencent-default:wait");
    while ((await jobs()) < 3) await client.ping();
    await client.flushall();
    while ((await jobs()) < 3) await client.ping();
    client.disconnect();
    const status = await asr(["batch", "status", "--json"], { cwd, env: queue });
    expect(JSON.parse(status.stdout).queues).toMatchObject([{ waiting: 3 }]);
    const worker = await openWorker({ cwd, env: { ...env, ...queue } });
    expect(await batch).toMatchObject({ code: 0 });
    expect(vendor.requests).toHaveLength(3);
    await worker.end("SIGTERM");
  });

  itWith("redis-server", "keeps a newer asr's job for a newer worker", async () => {
    const redis = await openRedis();
    const { vendor, env } = await openVendor("tencent-flash");
    const cwd = temporaryFolder();
    const worker = await openWorker({ cwd, env: { ...env, ASR_QUEUE: redis.url } });
    const client = new Redis(redis.url, { maxRetriesPerRequest: null });
    const queue = new Queue("asr-tencent-default", { connection: client, prefix: "asr" });
    await queue.add("a.wav", { schemaVersion: 2, wonders: "many" });
    await queue.add("b.wav", { no: "job of asr" });
    await worker.waitFor(/a\.wav: handed back, a newer asr has put it there/);
    await worker.waitFor(/b\.wav: failed after .*: a job on the queue can't be read/);
    await worker.end("SIGTERM");
    expect(await queue.getJobCounts("delayed", "failed")).toEqual({ delayed: 1, failed: 1 });
    expect(vendor.requests).toEqual([]);
    await queue.close();
    client.disconnect();
  });

  itWith("redis-server", "that has no worker is told of, and waited for", async () => {
    const redis = await openRedis();
    const { vendor, env } = await openVendor("tencent-flash");
    const cwd = temporaryFolder();
    await writeClips(path.join(cwd, "in"), 1);
    const queue = { ASR_QUEUE: redis.url };
    const { promise: told, resolve: tell } = Promise.withResolvers<void>();
    const watch = (text: string) => {
      if (text.includes("nobody works for asr-tencent-default")) tell();
    };
    const batch = asr(BATCH, { cwd, env: queue, watch });
    await told;
    const worker = await openWorker({ cwd, env: { ...env, ...queue } });
    expect((await batch).code).toBe(0);
    expect(vendor.requests).toHaveLength(1);
    await worker.end("SIGTERM");
  });
});
