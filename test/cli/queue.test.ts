import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openRedis } from "../queue/redis-server.ts";
import { itWith } from "../tools.ts";
import { asrInProcess } from "./in-process.ts";
import { clip, openWorker, writeClips } from "./queue-world.ts";
import { asr, type RunOptions, temporaryFolder } from "./run.ts";
import { openVendor } from "./vendor-accounts.ts";

const BATCH = ["transcribe", "in", "-p", "tencent-flash", "-o", "out/"];

/** What it takes for a file to be read where it lies. */
const LARGE = 300_000;

/** A gate for the answers of a vendor. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

describe("a batch on a queue", () => {
  itWith("redis-server", "comes to the same as without, also from a worker's disk", async () => {
    const redis = await openRedis({ password: "hush", tls: true });
    const { vendor, env } = await openVendor("tencent-flash");
    const cwd = temporaryFolder();
    await writeClips(path.join(cwd, "in"), 4);
    await writeFile(path.join(cwd, "in", "large.wav"), clip(9, LARGE));
    await writeFile(path.join(cwd, "in", "notes.txt"), "nothing to hear");
    const words = ["transcribe", "in", "-p", "tencent-flash", "-f", "json,srt", "-o"];
    const here = await asr([...words, "here/"], { cwd, env });
    expect(here.code).toBe(0);
    const queue = { ASR_QUEUE: redis.secretUrl, ASR_CA_FILE: redis.caFile ?? "" };
    const worker = await openWorker({ cwd, env: { ...env, ...queue } });
    const there = await asr([...words, "there/", "-v"], { cwd, env: queue });
    expect(there.stderr).toMatch(/the jobs go to the queue at 127\.0\.0\.1/);
    expect(there.code).toBe(0);
    const names = await readdir(path.join(cwd, "here"));
    expect((await readdir(path.join(cwd, "there"))).toSorted()).toEqual(names.toSorted());
    for (const name of names.filter((each) => /\.(srt|json)$/.test(each))) {
      const [a, b] = await Promise.all(
        ["here", "there"].map(async (folder) =>
          withoutIds(await readFile(path.join(cwd, folder, name), "utf8")),
        ),
      );
      expect(b).toBe(a);
    }
    expect(vendor.violations).toEqual([]);
    expect((await worker.end("SIGTERM")).code).toBe(0);
  });

  itWith(
    "redis-server",
    "leaves a worker's answers alone that ends, and loses nothing",
    async () => {
      const redis = await openRedis();
      const first = gate();
      const { vendor, env } = await openVendor("tencent-flash", {
        faults: [{ at: 0, fault: { kind: "hold-answer", until: first.opened } }],
      });
      const cwd = temporaryFolder();
      await writeClips(path.join(cwd, "in"), 5);
      const queue = { ASR_QUEUE: redis.url };
      const ending = await openWorker({ cwd, env: { ...env, ...queue }, words: ["-j", "1"] });
      const batch = asr(BATCH, { cwd, env: queue });
      await vendor.waitFor(() => true);
      const ended = ending.end("SIGTERM");
      const next = await openWorker({ cwd, env: { ...env, ...queue } });
      await vendor.waitFor(({ index, outcome }) => index === 4 && outcome === "answered");
      first.open();
      expect((await ended).code).toBe(0);
      expect(await batch).toMatchObject({ code: 0 });
      expect(vendor.requests).toHaveLength(5);
      await next.end("SIGTERM");
    },
  );

  itWith("redis-server", "hands back what a second signal cuts off", async () => {
    const redis = await openRedis();
    const never = gate();
    const { vendor, env } = await openVendor("tencent-flash", {
      faults: [{ at: 0, fault: { kind: "hold-answer", until: never.opened } }],
    });
    const cwd = temporaryFolder();
    await writeClips(path.join(cwd, "in"), 1);
    const queue = { ASR_QUEUE: redis.url };
    const impatient = await openWorker({ cwd, env: { ...env, ...queue } });
    const batch = asr(BATCH, { cwd, env: queue });
    await vendor.waitFor(() => true);
    impatient.child.kill("SIGTERM");
    await impatient.waitFor(/ends once/);
    // Signals that come together are one.
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect((await impatient.end("SIGTERM")).code).toBe(143);
    const next = await openWorker({ cwd, env: { ...env, ...queue } });
    expect(await batch).toMatchObject({ code: 0 });
    expect(vendor.requests).toHaveLength(2);
    never.open();
    await next.end("SIGTERM");
  });

  itWith("redis-server", "asks for no part again that was answered to another worker", async () => {
    const redis = await openRedis();
    const later = gate();
    const { vendor, env } = await openVendor("tencent-flash", {
      faults: ({ index }) => (index < 2 ? undefined : { kind: "hold-answer", until: later.opened }),
    });
    const cwd = temporaryFolder();
    await mkdir(path.join(cwd, "in"));
    await writeFile(path.join(cwd, "in", "long.wav"), clip(1, 16 * 32_000));
    const queue = { ASR_QUEUE: redis.url };
    const first = await openWorker({ cwd, env: { ...env, ...queue } });
    const batch = asr([...BATCH, "--split", "2"], { cwd, env: queue });
    await vendor.waitFor(({ index }) => index === 5);
    const known = await Promise.all(
      [0, 1].map((each) =>
        vendor.waitFor(({ index, outcome }) => index === each && outcome === "answered"),
      ),
    );
    first.child.kill("SIGTERM");
    await first.waitFor(/ends once/);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect((await first.end("SIGTERM")).code).toBe(143);
    const sent = vendor.requests.length;
    later.open();
    const next = await openWorker({ cwd, env: { ...env, ...queue } });
    expect(await batch).toMatchObject({ code: 0 });
    const again = vendor.requests.slice(sent).map(({ audio }) => audio?.sha256);
    expect(again.length).toBeGreaterThan(0);
    for (const { audio } of known) expect(again).not.toContain(audio?.sha256);
    await next.end("SIGTERM");
  });

  itWith("redis-server", "is found again by who was killed while it was done", async () => {
    const redis = await openRedis();
    const held = gate();
    const { vendor, env } = await openVendor("tencent-flash", {
      faults: [{ at: 0, fault: { kind: "hold-answer", until: held.opened } }],
    });
    const cwd = temporaryFolder();
    await writeClips(path.join(cwd, "in"), 3);
    const queue = { ASR_QUEUE: redis.url };
    const worker = await openWorker({ cwd, env: { ...env, ...queue } });
    let kill = (): void => {};
    const killed = asr(BATCH, {
      cwd,
      env: queue,
      started: (child) => {
        kill = () => void child.kill("SIGKILL");
      },
    });
    await vendor.waitFor(({ index }) => index === 2);
    kill();
    await killed;
    held.open();
    const again = await asr([...BATCH, "-v"], { cwd, env: queue });
    expect(again).toMatchObject({ code: 0 });
    expect(vendor.requests).toHaveLength(3);
    await worker.end("SIGTERM");
  });

  itWith("redis-server", "takes back on Ctrl-C what nobody has begun", async () => {
    const redis = await openRedis();
    const held = gate();
    const { vendor, env } = await openVendor("tencent-flash", {
      faults: [{ at: 0, fault: { kind: "hold-answer", until: held.opened } }],
    });
    const cwd = temporaryFolder();
    await writeClips(path.join(cwd, "in"), 4);
    const queue = { ASR_QUEUE: redis.url };
    const worker = await openWorker({ cwd, env: { ...env, ...queue }, words: ["-j", "1"] });
    const options: RunOptions = {
      cwd,
      env: queue,
      started: (child) => void vendor.waitFor(() => true).then(() => child.kill("SIGINT")),
    };
    const called = await asr(BATCH, options);
    expect(called.code).toBe(130);
    expect(called.stderr).toMatch(/1 stay with the queue's workers/);
    held.open();
    await worker.waitFor(/done after/);
    expect(vendor.requests).toHaveLength(1);
    expect(await asr(BATCH, { cwd, env: queue })).toMatchObject({ code: 0 });
    expect(vendor.requests).toHaveLength(4);
    const status = await asr(["batch", "status", "--json"], { cwd, env: queue });
    expect(JSON.parse(status.stdout).queues).toMatchObject([
      { name: "asr-tencent-default", waiting: 0, active: 0, failed: 0, completed: 0 },
    ]);
    await worker.end("SIGTERM");
  });

  itWith("redis-server", "fails as it would here, each with its own reason", async () => {
    const redis = await openRedis();
    const { env } = await openVendor("tencent-flash", {
      faults: [{ at: () => true, times: 2, fault: { kind: "code", code: 4002 } }],
    });
    const cwd = temporaryFolder();
    await writeClips(path.join(cwd, "in"), 3);
    const queue = { ASR_QUEUE: redis.url };
    const worker = await openWorker({ cwd, env: { ...env, ...queue }, words: ["-j", "1"] });
    const { code, stderr } = await asr(BATCH, { cwd, env: queue });
    expect(stderr).toContain("4002");
    expect(stderr).toContain(`those of the worker ${hostname()}:${worker.child.pid}`);
    expect(code).toBe(4);
    await worker.end("SIGTERM");
  });

  itWith("redis-server", "opens no file outside the worker's folder, by no link", async () => {
    const redis = await openRedis();
    const { vendor, env } = await openVendor("tencent-flash");
    const cwd = temporaryFolder();
    const outside = temporaryFolder();
    await mkdir(path.join(cwd, "in"));
    await writeFile(path.join(outside, "secret.wav"), clip(1, LARGE));
    await symlink(path.join(outside, "secret.wav"), path.join(cwd, "in", "link.wav"));
    const queue = { ASR_QUEUE: redis.url };
    const worker = await openWorker({ cwd, env: { ...env, ...queue } });
    for (const input of [path.join(outside, "secret.wav"), "in/link.wav"]) {
      const { code, stderr } = await asr(
        ["transcribe", input, "-p", "tencent-flash", "-o", "out/"],
        { cwd, env: queue },
      );
      expect(code).toBe(3);
      expect(stderr).toContain("is not below the folder that the worker reads");
    }
    expect(vendor.requests).toEqual([]);
    await worker.end("SIGTERM");
  });
});

describe("--queue", () => {
  it.each([
    [["transcribe", "a.wav", "--queue", "redis://:hush@127.0.0.1"], "with a password"],
    [["transcribe", "a.wav", "--queue", "redis://127.0.0.1:1"], "needs an output folder"],
    [["transcribe", "a.wav", "-o", "out/", "--queue", "http://127.0.0.1"], "--queue"],
    [
      ["transcribe", "a.wav", "-o", "out/", "--queue", "redis://127.0.0.1:1", "--retries", "1"],
      "--retries is for whoever asks the vendor",
    ],
    [
      ["transcribe", "a.wav", "-o", "out/", "--queue", "redis://127.0.0.1:1", "--record", "tape"],
      "contradict",
    ],
    [["worker"], "no queue is named"],
    [
      ["worker", "--queue", "redis://127.0.0.1:1", "--root", "gone"],
      "the folder gone can't be read",
    ],
    [["worker", "--queue", "redis://127.0.0.1:1", "--root", "a.wav"], "--root a.wav is no folder"],
    [["batch", "status"], "no queue is named"],
    [["batch", "status", "out", "--queue", "redis://127.0.0.1:1"], "two questions"],
  ])("refuses %j", async (words, why) => {
    const cwd = temporaryFolder();
    await writeFile(path.join(cwd, "a.wav"), clip(1));
    const { code, stderr } = await asrInProcess(words, { cwd });
    expect(stderr).toContain(why);
    expect(stderr).not.toContain("hush");
    expect(code).toBe(2);
  });

  it("is refused in a project's file", async () => {
    const cwd = temporaryFolder();
    await writeFile(path.join(cwd, ".asrrc"), "queue: redis://elsewhere.example\n");
    const { code, stderr } = await asrInProcess(["transcribe", "a.wav", "-o", "out/"], { cwd });
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining("queue") });
  });

  it("is not asked for with --dry-run", async () => {
    const cwd = temporaryFolder();
    await writeFile(path.join(cwd, "a.wav"), clip(1));
    const words = ["transcribe", "a.wav", "-o", "out/", "--queue", "redis://127.0.0.1:1"];
    const { code } = await asrInProcess([...words, "-p", "tencent-flash", "--dry-run"], { cwd });
    expect(code).toBe(0);
  });
});

function withoutIds(text: string): string {
  return text.replace(/"request_ids": \[[^\]]*\]/g, "").replace(/"request_id": "[^"]*"/g, "");
}
