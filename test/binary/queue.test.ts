import { copyFileSync, existsSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { openWorker } from "../cli/queue-world.ts";
import { openVendor } from "../cli/vendor-accounts.ts";
import { openRedis } from "../queue/redis-server.ts";
import { itWith } from "../tools.ts";
import { AUDIO, asr, BINARIES, ownFolder } from "./run.ts";

itWith("redis-server", "the binary works for a queue, and hands over to one", async () => {
  const redis = await openRedis();
  const { vendor, env } = await openVendor("tencent-flash");
  const home = ownFolder();
  copyFileSync(path.join(AUDIO, "en-librivox-0890.wav"), path.join(home, "talk.wav"));
  const queue = { ASR_QUEUE: redis.url };
  const file = path.join(BINARIES, "asr-linux-x64");
  const worker = await openWorker({ cwd: home, env: { ...env, ...queue }, file });
  const words = ["transcribe", "talk.wav", "-p", "tencent-flash", "-o", "out/", "-f", "srt"];
  // Credentials are the worker's alone.
  expect(await asr(words, { home, env: queue })).toMatchObject({ code: 0, stdout: "" });
  expect(existsSync(path.join(home, "out", "talk.srt"))).toBe(true);
  const { code, stdout } = await asr(["batch", "status", "--json"], { home, env: queue });
  expect(code).toBe(0);
  expect(JSON.parse(stdout).queues).toMatchObject([{ name: "asr-tencent-default", waiting: 0 }]);
  expect((await worker.end("SIGTERM")).code).toBe(0);
  expect(vendor.violations).toEqual([]);
});
