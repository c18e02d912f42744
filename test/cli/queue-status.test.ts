import { writeFile } from "node:fs/promises";
import path from "node:path";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { expect } from "vitest";
import { openRedis } from "../queue/redis-server.ts";
import { itWith } from "../tools.ts";
import { asrInProcess } from "./in-process.ts";
import { clip, writeClips } from "./queue-world.ts";
import { temporaryFolder } from "./run.ts";
import { openVendor } from "./vendor-accounts.ts";

itWith("redis-server", "the state of the queue is shown while a batch is on it", async () => {
  const redis = await openRedis();
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  const { vendor, env } = await openVendor("stepfun", {
    faults: [{ at: 0, fault: { kind: "hold-answer", until: opened } }],
  });
  const cwd = temporaryFolder();
  await writeClips(path.join(cwd, "in"), 3);
  await writeFile(path.join(cwd, "in", "broken.wav"), clip(1).subarray(0, 20));
  const queue = { ASR_QUEUE: redis.url };
  const status = async (...words: string[]) =>
    (await asrInProcess(["batch", "status", ...words], { cwd, env: queue })).stdout;
  expect(await status()).toMatch(/no batch was ever put on the queue at 127\.0\.0\.1:\d+/);

  const ending = new AbortController();
  const worker = asrInProcess(["worker", "-j", "1"], {
    cwd,
    env: { ...env, ...queue },
    ending: ending.signal,
  });
  const words = ["transcribe", "in", "-p", "stepfun", "-o", "out/"];
  const batch = asrInProcess(words, { cwd, env: queue });
  await vendor.waitFor(() => true);
  // Whoever writes dashboards for BullMQ sees jobs as they are used to.
  const client = new Redis(redis.url, { maxRetriesPerRequest: null });
  const dashboard = new Queue("asr-stepfun-default", { connection: client, prefix: "asr" });
  const [active] = await dashboard.getJobs(["active"]);
  expect(active).toMatchObject({ data: { provider: "stepfun", schemaVersion: 1 } });
  expect(await status()).toMatch(/asr-stepfun-default +\d +1 +0 +0 +0 +1\n/);
  const { queues, limits } = JSON.parse(await status("--json"));
  expect(queues).toMatchObject([{ name: "asr-stepfun-default", active: 1 }]);
  expect(limits).toEqual([
    { name: "stepfun/default/stepfun", at_vendor: 1, at_once: 5, limit: 5, per_second: 2 },
  ]);
  expect(queues[0].workers).toEqual([expect.stringContaining(`:${process.pid}`)]);
  open();
  const { code, stderr } = await batch;
  expect(stderr).toContain("broken.wav");
  expect(code).toBe(8);
  ending.abort();
  expect((await worker).code).toBe(0);
  expect(await dashboard.getJobCounts("waiting", "active", "failed", "completed")).toEqual({
    waiting: 0,
    active: 0,
    failed: 0,
    completed: 0,
  });
  await dashboard.close();
  client.disconnect();
});
