import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect } from "vitest";
import { openRedis } from "../queue/redis-server.ts";
import { itWith } from "../tools.ts";
import { openWorker, writeClips } from "./queue-world.ts";
import { asr, temporaryFolder } from "./run.ts";
import { openVendor } from "./vendor-accounts.ts";

describe("a batch on a queue", () => {
  itWith("redis-server", "is done by a worker, and the same as without a queue", async () => {
    const redis = await openRedis({ password: "hush" });
    const { vendor, env } = await openVendor("tencent-flash");
    const cwd = temporaryFolder();
    await writeClips(path.join(cwd, "in"), 4);
    const words = ["transcribe", "in", "-p", "tencent-flash", "-f", "json,srt", "-o"];
    const here = await asr([...words, "here/"], { cwd, env });
    expect(here.code).toBe(0);
    const worker = await openWorker({ cwd, env: { ...env, ASR_QUEUE: redis.secretUrl } });
    const there = await asr([...words, "there/", "-v"], {
      cwd,
      env: { ASR_QUEUE: redis.secretUrl },
    });
    expect(there.stderr).toMatch(/the jobs go to the queue at 127\.0\.0\.1/);
    expect(there.code).toBe(0);
    const names = await readdir(path.join(cwd, "here"));
    expect(names.length).toBeGreaterThan(7);
    for (const name of names.filter((each) => each.endsWith(".srt"))) {
      const [a, b] = await Promise.all(
        ["here", "there"].map((folder) => readFile(path.join(cwd, folder, name), "utf8")),
      );
      expect(b).toBe(a);
    }
    expect(vendor.violations).toEqual([]);
    expect((await worker.end("SIGTERM")).code).toBe(0);
  });
});
