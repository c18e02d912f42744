import { readFileSync } from "node:fs";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { wav } from "../vendors/hand/audio.ts";
import { AUDIO, asr, type Run, type RunOptions, temporaryFolder } from "./run.ts";
import { openVendor } from "./vendor-accounts.ts";

/** 11 s of speech, 16 kHz mono. */
const SPEECH = readFileSync(path.join(AUDIO, "en-jfk.wav")).subarray(44);
const BYTES_PER_SECOND = 32_000;

/** The first seconds of it, headerless. */
const seconds = (count: number): Buffer => SPEECH.subarray(0, count * BYTES_PER_SECOND);

/** A run whose stdin the test feeds, and whose text it sees as it comes. */
function live(words: readonly string[], options: Omit<RunOptions, "feed" | "watch"> = {}) {
  const stdin = Promise.withResolvers<Writable>();
  const child = Promise.withResolvers<Parameters<NonNullable<RunOptions["started"]>>[0]>();
  let seen = "";
  let waiting: { pattern: RegExp; found: () => void }[] = [];
  const done: Promise<Run> = asr(["stream", ...words], {
    ...options,
    feed: stdin.resolve,
    started: child.resolve,
    watch: (text) => {
      seen += text;
      waiting = waiting.filter(({ pattern, found }) => {
        if (!pattern.test(seen)) return true;
        found();
        return false;
      });
    },
  });
  return {
    done,
    stdin: stdin.promise,
    child: child.promise,
    /** Resolves when stdout or stderr has said so. */
    says: (pattern: RegExp) =>
      new Promise<void>((found) => {
        if (pattern.test(seen)) found();
        else waiting.push({ pattern, found });
      }),
  };
}

const jsonLines = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("asr stream from a pipe", () => {
  it("prints a final with its newline while stdin is still open, and only finals", async () => {
    const { vendor, env } = await openVendor("tencent-realtime");
    const run = live(["-p", "tencent-realtime"], { env });
    const stdin = await run.stdin;
    stdin.write(seconds(5));
    await run.says(/你好，欢迎使用语音识别。\n/);
    stdin.end(SPEECH.subarray(5 * BYTES_PER_SECOND));
    const { code, stdout, stderr } = await run.done;
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(
        /^asr: stdin has no header and is taken for .*16 kHz s16le.*\n$/,
      ),
    });
    expect(stdout.split("\n").slice(0, 2)).toEqual([
      "你好，欢迎使用语音识别。",
      "Hello world, this is a test.",
    ]);
    expect(vendor.violations).toEqual([]);
  });

  it("gives all events as JSON Lines, the first partial before the input has ended", async () => {
    const { env } = await openVendor("tencent-realtime");
    const run = live(["-p", "tencent-realtime", "-f", "jsonl", "-q"], { env });
    const stdin = await run.stdin;
    stdin.write(seconds(1));
    await run.says(/"type":"partial"/);
    stdin.end(SPEECH.subarray(BYTES_PER_SECOND));
    const { code, stdout } = await run.done;
    expect(code).toBe(0);
    const events = jsonLines(stdout);
    expect(events[0]).toMatchObject({ type: "start", provider: "tencent-realtime" });
    expect(events.at(-1)).toMatchObject({ type: "done" });
    const finals = events.filter(({ type }) => type === "final");
    expect(finals.length).toBeGreaterThan(3);
    expect(finals.map(({ start }) => start)).toEqual(
      finals.map(({ start }) => start).toSorted((a, b) => a - b),
    );
    expect(events.filter(({ lag }) => lag !== undefined)).not.toEqual([]);
  });

  it("writes cues as they become final", async () => {
    const { env } = await openVendor("tencent-realtime");
    const run = live(["-p", "tencent-realtime", "-f", "srt", "-q"], { env });
    const stdin = await run.stdin;
    stdin.write(seconds(7));
    await run.says(/^1\n00:00:00,\d{3} --> 00:00:0\d,\d{3}\n你好，欢迎使用语音识别\n\n/);
    stdin.end();
    const { code, stdout } = await run.done;
    expect(code).toBe(0);
    expect(stdout).toMatch(/\n\n4\n00:00:06,\d{3} --> 00:00:07,\d{3}\n/);
  });

  it.each(["feishu-stream", "lark-stream", "tencent-flash", "stepfun"] as const)(
    "takes an endless WAV of another shape to %s",
    async (id) => {
      const { vendor, env } = await openVendor(id);
      const samples = SPEECH.subarray(0, 4 * BYTES_PER_SECOND);
      const file = wav(samples, { sampleRate: 8000, channels: 2 });
      file.writeUInt32LE(0xffffffff, 4);
      file.writeUInt32LE(0xffffffff, 40);
      const { code, stdout, stderr } = await asr(["stream", "-p", id], { env, stdin: file });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).not.toBe("");
      expect(vendor.violations).toEqual([]);
    },
  );

  it("takes headerless audio as it is described, and believes no chance likeness", async () => {
    const { vendor, env } = await openVendor("tencent-realtime");
    // Samples of −1: the first bytes of an MP3 frame.
    const samples = Buffer.concat([Buffer.from("ffff2a00ffff", "hex"), seconds(2)]);
    const plain = await asr(["stream", "-p", "tencent-realtime", "-q"], { env, stdin: samples });
    expect({ code: plain.code, stderr: plain.stderr }).toEqual({ code: 0, stderr: "" });
    const words = ["stream", "-p", "tencent-realtime", "--rate", "8000", "-f", "json"];
    const { code, stdout, stderr } = await asr(words, { env, stdin: seconds(2) });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout).duration).toBe(4);
    expect(vendor.violations).toEqual([]);
  });

  it("decodes MP3 while it comes, and says what can't be", async () => {
    const { vendor, env } = await openVendor("tencent-realtime");
    const run = live(["-p", "tencent-realtime", "-q", "--max-seconds", "3"], { env });
    const compressed = path.join(AUDIO, "compressed");
    (await run.stdin).write(readFileSync(path.join(compressed, "en-librivox-0890.mp3")));
    await run.says(/你好，欢迎使用语音识别。\n/);
    expect((await run.done).code).toBe(0);
    expect(vendor.violations).toEqual([]);
    const whole = live(["-p", "tencent-realtime"], { env });
    (await whole.stdin).write(readFileSync(path.join(compressed, "en-librivox-0890.m4a")));
    const { code, stderr } = await whole.done;
    expect(code).toBe(3);
    expect(stderr).toContain("ffmpeg -i - -f wav -");
  });

  it("refuses what is no audio, and an input that is none", async () => {
    const { env } = await openVendor("tencent-realtime");
    const page = await asr(["stream", "-p", "tencent-realtime"], {
      env,
      stdin: "<!doctype html><html><body>not found</body></html>",
    });
    expect(page.code).toBe(3);
    expect(page.stderr).toContain("HTML page");
    const folder = await asr(["stream", AUDIO, "-p", "tencent-realtime"], { env });
    expect(folder.code).toBe(2);
    const both = await asr(["stream", "x.wav", "--mic", "-p", "tencent-realtime"], { env });
    expect(both.code).toBe(2);
    const channels = await asr(["stream", "--channels", "all"], { env });
    expect(channels.code).toBe(2);
  });
});

describe("asr stream -o", () => {
  it("writes a file that grows, beside the text on stdout", async () => {
    const { env } = await openVendor("tencent-realtime");
    const cwd = temporaryFolder();
    const words = ["-p", "tencent-realtime", "-o", "talk.srt", "-q"];
    const run = live(words, { env, cwd });
    const stdin = await run.stdin;
    stdin.write(seconds(9));
    await run.says(/Hello world, this is a test\.\n/);
    await run.says(/明天上午九点开会。\n/);
    const file = path.join(cwd, "talk.srt");
    expect(await readFile(file, "utf8")).toMatch(/^1\n00:00:00,/);
    stdin.end();
    const { code, stdout } = await run.done;
    expect(code).toBe(0);
    expect(stdout).toMatch(/^你好，欢迎使用语音识别。\nHello world/);
    expect(await readFile(file, "utf8")).toContain("\n\n5\n00:00:08,");
    const again = await asr(["stream", ...words], { env, cwd, stdin: seconds(1) });
    expect(again.code).toBe(10);
    expect(again.stderr).toContain("--force");
    const forced = await asr(["stream", ...words, "--force"], { env, cwd, stdin: seconds(1) });
    expect(forced.code).toBe(0);
    expect(await readFile(file, "utf8")).not.toContain("\n2\n");
  });

  it("writes several formats, and refuses them on stdout", async () => {
    const { env } = await openVendor("tencent-realtime");
    const cwd = temporaryFolder();
    const words = ["stream", "-p", "tencent-realtime", "-f", "json,vtt"];
    const { code } = await asr([...words, "-o", "talk"], { env, cwd, stdin: seconds(3) });
    expect(code).toBe(0);
    const json = JSON.parse(await readFile(path.join(cwd, "talk.json"), "utf8"));
    expect(json.segments).toHaveLength(2);
    expect(await readFile(path.join(cwd, "talk.vtt"), "utf8")).toMatch(/^WEBVTT\n/);
    const stdout = await asr(words, { env, cwd, stdin: seconds(3) });
    expect(stdout).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("the end of asr stream", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "comes with the first %s: the last words are printed, exit 0",
    async (signal) => {
      const { vendor, env } = await openVendor("feishu-stream", { keepAudio: true });
      const run = live(["-p", "feishu-stream", "-q"], { env });
      const stdin = await run.stdin;
      stdin.write(seconds(3));
      await vendor.waitFor(({ indexOnPath, audio }) => audio !== undefined && indexOnPath >= 2);
      (await run.child).kill(signal);
      const { code, stdout, stderr } = await run.done;
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toMatch(/你好，欢迎使用语音识别。/);
      const actions = vendor.requests.flatMap(({ body }) => actionOf(body));
      expect(actions.at(-1)).toBe(2);
      const received = vendor.requests.flatMap(({ audio }) => audio?.bytes ?? []);
      expect(Buffer.concat(received)).toEqual(seconds(3));
      expect(vendor.violations).toEqual([]);
    },
  );

  it("is not waited for after a second signal: the vendor is told, exit 130", async () => {
    const held = Promise.withResolvers<void>();
    const { vendor, env } = await openVendor("feishu-stream", {
      faults: [
        {
          whenBody: (body) => actionOf(body)[0] === 2,
          fault: { kind: "hold-answer", until: held.promise },
        },
      ],
    });
    const run = live(["-p", "feishu-stream", "-q"], { env });
    (await run.stdin).write(seconds(3));
    await vendor.waitFor(({ indexOnPath, audio }) => audio !== undefined && indexOnPath >= 2);
    const child = await run.child;
    child.kill("SIGINT");
    await vendor.waitFor(({ body }) => actionOf(body)[0] === 2);
    child.kill("SIGINT");
    const { code } = await run.done;
    held.resolve();
    expect(code).toBe(130);
    expect(vendor.requests.flatMap(({ body }) => actionOf(body)).at(-1)).toBe(3);
  });

  it("comes when nobody reads stdout any more: the session ends cleanly, exit 0", async () => {
    const { vendor, env } = await openVendor("tencent-realtime");
    const run = live(["-p", "tencent-realtime", "-q"], { env });
    const stdin = await run.stdin;
    stdin.write(seconds(5));
    await run.says(/\n/);
    (await run.child).stdout?.destroy();
    stdin.write(SPEECH.subarray(5 * BYTES_PER_SECOND));
    const { code, stderr } = await run.done;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(vendor.requests.at(-1)?.parameters.end).toBe("1");
    expect(vendor.violations).toEqual([]);
  });

  it("comes by itself after --max-seconds, and after --stop-after-silence", async () => {
    const { vendor, env } = await openVendor("tencent-realtime", { keepAudio: true });
    const limited = live(["-p", "tencent-realtime", "--max-seconds", "2.5", "-q"], { env });
    (await limited.stdin).write(seconds(4));
    expect((await limited.done).code).toBe(0);
    const received = vendor.requests.flatMap(({ audio }) => audio?.bytes ?? []);
    expect(Buffer.concat(received)).toEqual(seconds(2.5));
    const silent = live(["-p", "tencent-realtime", "--stop-after-silence", "1", "-q"], { env });
    (await silent.stdin).write(Buffer.concat([seconds(2), Buffer.alloc(3 * BYTES_PER_SECOND)]));
    const { code, stdout } = await silent.done;
    expect(code).toBe(0);
    expect(stdout).not.toBe("");
  });

  it("after a failure leaves what was recognised, and says why", async () => {
    let isBroken = false;
    const { env } = await openVendor("tencent-realtime", {
      faults: [{ at: () => isBroken, fault: { kind: "code", code: 4003 }, times: 99 }],
    });
    const cwd = temporaryFolder();
    const run = live(["-p", "tencent-realtime", "-o", "talk.json"], { env, cwd });
    const stdin = await run.stdin;
    stdin.write(seconds(5));
    await run.says(/你好，欢迎使用语音识别。\n/);
    isBroken = true;
    stdin.write(SPEECH.subarray(5 * BYTES_PER_SECOND));
    const { code, stderr } = await run.done;
    expect(code).not.toBe(0);
    expect(stderr).toContain("talk.partial.json");
    const kept = JSON.parse(await readFile(path.join(cwd, "talk.partial.json"), "utf8"));
    expect(kept.text).toContain("你好");
  });
});

/** The action of a Feishu packet, in a list; none for other requests. */
function actionOf(body: unknown): number[] {
  if (typeof body !== "object" || body === null || !("config" in body)) return [];
  const { config } = body;
  if (typeof config !== "object" || config === null || !("action" in config)) return [];
  return typeof config.action === "number" ? [config.action] : [];
}

/** A folder with programs of the test's own, as a PATH. */
async function programs(scripts: Readonly<Record<string, string>>): Promise<string> {
  const folder = path.join(temporaryFolder(), "bin");
  await mkdir(folder);
  for (const [name, script] of Object.entries(scripts)) {
    const file = path.join(folder, name);
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
  }
  return folder;
}

describe.skipIf(process.platform === "win32")("asr stream --mic", () => {
  it("listens with what is installed, and stops it with the first Ctrl-C", async () => {
    const { vendor, env } = await openVendor("tencent-realtime", { keepAudio: true });
    const cwd = temporaryFolder();
    await writeFile(path.join(cwd, "samples"), seconds(5));
    await writeFile(
      path.join(cwd, "rest"),
      SPEECH.subarray(5 * BYTES_PER_SECOND, 6 * BYTES_PER_SECOND),
    );
    const bin = await programs({
      arecord: `echo "$@" > "${cwd}/words"; env > "${cwd}/env"
trap '/bin/cat "${cwd}/rest"; echo stopped > "${cwd}/end"; exit 1' INT
/bin/cat "${cwd}/samples"; while :; do /bin/sleep 0.05; done`,
    });
    const words = ["--mic", "hw:1,0", "-p", "tencent-realtime"];
    const path_ = `${bin}:/nowhere`;
    const run = live(words, { env: { ...env, PATH: path_ }, cwd });
    await run.says(/listening with arecord to hw:1,0/);
    await run.says(/Hello world|你好，欢迎使用语音识别。\n/);
    (await run.child).kill("SIGINT");
    const { code, stderr } = await run.done;
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: "asr: listening with arecord to hw:1,0\n",
    });
    expect(await readFile(path.join(cwd, "words"), "utf8")).toBe(
      "-q -t raw -f S16_LE -r 16000 -c 1 -D plughw:1,0\n",
    );
    expect(await readFile(path.join(cwd, "end"), "utf8")).toBe("stopped\n");
    // The vendor's secrets are none of its business.
    expect(await readFile(path.join(cwd, "env"), "utf8")).not.toContain("TENCENT");
    const received = vendor.requests.flatMap(({ audio }) => audio?.bytes ?? []);
    expect(Buffer.concat(received)).toEqual(SPEECH.subarray(0, 6 * BYTES_PER_SECOND));
  });

  it("stops one that hears no signal", async () => {
    const { env } = await openVendor("tencent-realtime");
    const cwd = temporaryFolder();
    await writeFile(path.join(cwd, "samples"), seconds(5));
    const PATH = await programs({
      arecord: `trap '' INT TERM
echo $$ > "${cwd}/pid"; /bin/cat "${cwd}/samples"; while :; do /bin/sleep 0.05; done`,
    });
    const run = live(["--mic", "-p", "tencent-realtime", "-q"], { env: { ...env, PATH }, cwd });
    await run.says(/你好，欢迎使用语音识别。\n/);
    (await run.child).kill("SIGTERM");
    expect((await run.done).code).toBe(0);
    const pid = Number(await readFile(path.join(cwd, "pid"), "utf8"));
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  it("says why a recorder died, after the words that it had heard", async () => {
    const { env } = await openVendor("tencent-realtime");
    const cwd = temporaryFolder();
    await writeFile(path.join(cwd, "samples"), seconds(3));
    const dying = await programs({
      arecord: `/bin/cat "${cwd}/samples"; echo first >&2; echo "read error: No such device" >&2; exit 1`,
    });
    const words = ["stream", "--mic", "-p", "tencent-realtime"];
    const { code, stdout, stderr } = await asr(words, { env: { ...env, PATH: dying }, cwd });
    expect(code).toBe(3);
    expect(stdout).toMatch(/^你好，欢迎使用语音识别。\n/);
    expect(stderr).toContain("the recorder arecord ended");
    expect(stderr).toContain("read error: No such device");
    const dead = await programs({ arecord: "echo 'audio open error' >&2; exit 1" });
    const nothing = await asr(words, { env: { ...env, PATH: dead }, cwd });
    expect(nothing).toMatchObject({ code: 3, stdout: "" });
    expect(nothing.stderr).toContain("audio open error");
  });

  it("says what to install where nothing is", async () => {
    const { env } = await openVendor("tencent-realtime");
    const PATH = await programs({});
    const words = ["stream", "--mic", "-p", "tencent-realtime"];
    const { code, stderr } = await asr(words, { env: { ...env, PATH } });
    expect(code).toBe(2);
    expect(stderr).toContain("alsa-utils");
  });
});
