/** Whose jobs go to whom when workers die, or seem to. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import { describe, expect, onTestFinished, vi } from "vitest";
import { JobStore } from "../../src/queue/job-store.ts";
import type { OutcomeEvent } from "../../src/queue/outcome.ts";
import { openRedis } from "../queue/redis-server.ts";
import { itWith } from "../tools.ts";
import { clip, openWorker, writeClips } from "./queue-world.ts";
import { asr, temporaryFolder } from "./run.ts";
import { openVendor } from "./vendor-accounts.ts";

const BATCH = ["transcribe", "in", "-p", "tencent-flash", "-o", "out/"];
const QUEUE = "asr-tencent-default";
/** For two looks at who is dead. */
const PATIENCE_MS = 90_000;

function connect(url: string): Redis {
  const redis = new Redis(url, { maxRetriesPerRequest: null });
  // It is killed and started again.
  redis.on("error", () => {});
  onTestFinished(() => redis.disconnect());
  return redis;
}

/** What a look at who is dead has found once, so that the next one takes it away. */
async function suspect(redis: Redis, jobs: readonly string[]): Promise<void> {
  await redis.sadd(`asr:${QUEUE}:stalled`, ...jobs);
  await redis.del(`asr:${QUEUE}:stalled-check`);
}

/** Takes the one job that waits, as a worker that dies of it. @returns its name */
async function takeAndDie(redis: Redis, deathsBefore = 0): Promise<string> {
  const place = { connection: redis, prefix: "asr" };
  const waiting = new Queue(QUEUE, place);
  await vi.waitUntil(async () => (await waiting.getWaitingCount()) === 1, 30_000);
  const worker = new Worker(QUEUE, undefined, { ...place, autorun: false, lockDuration: 1 });
  const { id } = (await worker.getNextJob("dead")) ?? {};
  await Promise.all([worker.close(true), waiting.close()]);
  if (id === undefined) throw new Error("no job");
  await redis.hset(`asr:${QUEUE}:${id}`, "stc", deathsBefore);
  await suspect(redis, [id]);
  return id;
}

const SAID: readonly OutcomeEvent[] = [
  { type: "final", segment: { startMs: 0, endMs: 1000, text: "known" } },
  { type: "response", usage: { requests: 1, billedMs: 1000 } },
] as const;

describe("jobs of a worker", () => {
  itWith(
    "redis-server",
    "that lives stay its own, however long Redis was down",
    async () => {
      const redis = await openRedis();
      const { promise: opened, resolve: open } = Promise.withResolvers<void>();
      const { vendor, env } = await openVendor("tencent-flash", {
        faults: () => ({ kind: "hold-answer", until: opened }),
      });
      const cwd = temporaryFolder();
      await writeClips(path.join(cwd, "in"), 4);
      const queue = { ASR_QUEUE: redis.url };
      const client = connect(redis.url);
      const words = ["-j", "2"];
      const workers = await Promise.all([
        openWorker({ cwd, env: { ...env, ...queue }, words }),
        openWorker({ cwd, env: { ...env, ...queue }, words }),
        openWorker({ cwd, env: { ...env, ...queue }, words }),
      ]);
      const batch = asr(BATCH, { cwd, env: queue });
      await vendor.waitFor(({ index }) => index === 3);
      const jobs = await client.lrange(`asr:${QUEUE}:active`, 0, -1);
      await suspect(client, jobs);
      // As long as a lock lasts, and longer: for a test, locks last no time.
      for (const job of jobs) await client.pexpire(`asr:${QUEUE}:${job}:lock`, 500);
      await redis.kill();
      await setTimeout(600);
      await redis.start();
      const looked = async () => (await client.exists(`asr:${QUEUE}:stalled-check`)) === 1;
      await vi.waitUntil(looked, { timeout: 40_000, interval: 100 });
      open();
      expect(await batch).toMatchObject({ code: 0 });
      expect(vendor.requests).toHaveLength(4);
      for (const worker of workers) expect((await worker.end("SIGTERM")).code).toBe(0);
    },
    PATIENCE_MS,
  );

  itWith(
    "redis-server",
    "that were done when it died are not done again",
    async () => {
      const redis = await openRedis();
      const { vendor, env } = await openVendor("tencent-flash");
      const cwd = temporaryFolder();
      await writeClips(path.join(cwd, "in"), 1);
      const queue = { ASR_QUEUE: redis.url };
      const client = connect(redis.url);
      const batch = asr(BATCH, { cwd, env: queue });
      const job = await takeAndDie(client);
      await new JobStore(client).putOutcome(job, {
        schemaVersion: 1,
        events: [{ type: "start", provider: "tencent-flash" }, ...SAID],
        durationMs: 1000,
      });
      const worker = await openWorker({ cwd, env: { ...env, ...queue } });
      expect(await batch).toMatchObject({ code: 0 });
      expect(await readFile(path.join(cwd, "out", "000.txt"), "utf8")).toContain("known");
      expect(vendor.requests).toEqual([]);
      await worker.end("SIGTERM");
    },
    PATIENCE_MS,
  );

  itWith(
    "redis-server",
    "that has killed three fail, and what was answered is not asked for again",
    async () => {
      const redis = await openRedis();
      const { vendor, env } = await openVendor("tencent-flash");
      const cwd = temporaryFolder();
      await writeClips(path.join(cwd, "in"), 1);
      const queue = { ASR_QUEUE: redis.url };
      const client = connect(redis.url);
      const batch = asr(BATCH, { cwd, env: queue });
      const job = await takeAndDie(client, 2);
      const events = SAID.filter((event) => event.type !== "start");
      await new JobStore(client).putAnswers(job, new Map([["all", { place: {}, events }]]));
      const worker = await openWorker({ cwd, env: { ...env, ...queue } });
      expect(await batch).toMatchObject({
        code: 8,
        stderr: expect.stringContaining("the job ended without a result"),
      });
      expect(await asr(BATCH, { cwd, env: queue })).toMatchObject({ code: 0 });
      expect(vendor.requests).toEqual([]);
      await worker.end("SIGTERM");
    },
    PATIENCE_MS,
  );
});

itWith("redis-server", "a job that is taken back keeps what was answered", async () => {
  const redis = await openRedis();
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  const { vendor, env } = await openVendor("tencent-flash", {
    faults: ({ index }) => (index < 2 ? undefined : { kind: "hold-answer", until: opened }),
  });
  const cwd = temporaryFolder();
  await mkdir(path.join(cwd, "in"));
  await writeFile(path.join(cwd, "in", "long.wav"), clip(1, 16 * 32_000));
  const queue = { ASR_QUEUE: redis.url };
  const first = await openWorker({ cwd, env: { ...env, ...queue } });
  const words = [...BATCH, "--split", "2"];
  let interrupt = (): void => {};
  const batch = asr(words, {
    cwd,
    env: queue,
    started: (child) => {
      interrupt = () => void child.kill("SIGINT");
    },
  });
  await vendor.waitFor(({ index }) => index === 5);
  const known = await Promise.all(
    [0, 1].map((each) =>
      vendor.waitFor(({ index, outcome }) => index === each && outcome === "answered"),
    ),
  );
  const client = connect(redis.url);
  const [job = ""] = await client.lrange(`asr:${QUEUE}:active`, 0, -1);
  await vi.waitUntil(async () => (await client.hlen(`asr:job:${job}:answers`)) === 2);
  first.child.kill("SIGTERM");
  await first.waitFor(/ends once/);
  // Signals that come together are one.
  await setTimeout(600);
  expect((await first.end("SIGTERM")).code).toBe(143);
  interrupt();
  expect(await batch).toMatchObject({ code: 130 });
  expect(await client.exists(`asr:${QUEUE}:${job}`)).toBe(0);
  const sent = vendor.requests.length;
  open();
  const next = await openWorker({ cwd, env: { ...env, ...queue } });
  expect(await asr(words, { cwd, env: queue })).toMatchObject({ code: 0 });
  const again = vendor.requests.slice(sent).map(({ audio }) => audio?.sha256);
  expect(again.length).toBeGreaterThan(0);
  for (const { audio } of known) expect(again).not.toContain(audio?.sha256);
  await next.end("SIGTERM");
});
