/** What docs/scale.md and the examples in docs/deploy say is so. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { Redis } from "ioredis";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { INLINE_BYTES } from "../../src/queue/payload.ts";
import { PATIENCE_MS } from "../../src/queue/work/worker.ts";
import { optionsOf } from "../../src/settings/options.ts";
import { flagOf } from "../../src/settings/spelling.ts";
import { asrInProcess } from "../cli/in-process.ts";
import { writeClips } from "../cli/queue-world.ts";
import { asr, ROOT, temporaryFolder } from "../cli/run.ts";
import { openVendor } from "../cli/vendor-accounts.ts";
import { itWith } from "../tools.ts";
import { openRedis } from "./redis-server.ts";

const read = (name: string): string => readFileSync(path.join(ROOT, "docs", name), "utf8");
const UNIT = read("deploy/asr-worker.service");
const MANIFEST = read("deploy/kubernetes.yaml");
const SCALE = read("scale.md");

const KNOWN = optionsOf("worker").map(({ key }) => flagOf(key));
const flagsOf = (text: string): string[] => text.match(/--[a-z-]+/g) ?? [];

describe("docs/deploy", () => {
  it("starts workers with flags that there are, and gives them time to end", () => {
    const [, command = ""] = /^ExecStart=(.*)$/m.exec(UNIT) ?? [];
    expect(KNOWN).toEqual(expect.arrayContaining(flagsOf(command)));
    const [, stopSeconds] = /^TimeoutStopSec=(\d+)$/m.exec(UNIT) ?? [];
    expect(Number(stopSeconds) * 1000).toBeGreaterThan(PATIENCE_MS);
    const { spec } = load(MANIFEST) as {
      spec: {
        template: {
          spec: {
            terminationGracePeriodSeconds: number;
            containers: { args: string[]; envFrom: unknown[]; env?: unknown }[];
          };
        };
      };
    };
    const pod = spec.template.spec;
    expect(pod.terminationGracePeriodSeconds * 1000).toBeGreaterThan(PATIENCE_MS);
    const [container] = pod.containers;
    expect(KNOWN).toEqual(expect.arrayContaining(flagsOf(container?.args.join(" ") ?? "")));
    expect(container?.envFrom).toEqual([{ secretRef: { name: "asr-worker" } }]);
    expect(container?.env).toBeUndefined();
  });

  itWith("systemd-analyze", "has a unit that systemd takes", async () => {
    const { spawnSync } = await import("node:child_process");
    const file = path.join(ROOT, "docs", "deploy", "asr-worker.service");
    const { stderr } = spawnSync("systemd-analyze", ["verify", file], { encoding: "utf8" });
    // Of this unit; others of the machine have their own troubles.
    expect(stderr.split("\n").filter((line) => line.includes("asr-worker.service:"))).toEqual([]);
  });
});

describe("docs/scale.md", () => {
  it("says how large an input may be to travel in the queue", () => {
    expect(SCALE).toContain(`up to ${INLINE_BYTES / 1024} KiB travels in the queue`);
  });

  itWith("redis-server", "lets a user of Redis do no more than a batch needs", async () => {
    const redis = await openRedis();
    const [, rules = ""] = /^user asr on (.*)$/m.exec(SCALE) ?? [];
    const admin = new Redis(redis.url);
    await admin.call("ACL", "SETUSER", "asr", "on", ...rules.split(" "));
    admin.disconnect();
    const { env } = await openVendor("tencent-flash");
    const cwd = temporaryFolder();
    await writeClips(path.join(cwd, "in"), 3);
    const queue = { ASR_QUEUE: `redis://asr:PASSWORD@127.0.0.1:${redis.port}` };
    const ending = new AbortController();
    const worker = asrInProcess(["worker"], {
      cwd,
      env: { ...env, ...queue },
      ending: ending.signal,
    });
    const words = ["transcribe", "in", "-p", "tencent-flash", "-o", "out/"];
    expect(await asrInProcess(words, { cwd, env: queue })).toMatchObject({ code: 0 });
    const { code, stdout } = await asr(["batch", "status", "--json"], { cwd, env: queue });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).queues[0].workers).toHaveLength(1);
    ending.abort();
    expect(await worker).toMatchObject({ code: 0 });
    const user = new Redis(queue.ASR_QUEUE);
    await expect(user.get("others")).rejects.toThrow("NOPERM");
    await expect(user.flushall()).rejects.toThrow("NOPERM");
    user.disconnect();
  });
});
