import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openOtherOrigin } from "../vendors/hand/open-doubles.ts";
import { redirectTo } from "../vendors/server/common-faults.ts";
import { AUDIO, asr, temporaryFolder } from "./run.ts";
import { openVendor, VENDOR_IDS } from "./vendor-accounts.ts";

const CLIP = path.join(AUDIO, "en-librivox-0890.wav");

describe.each(VENDOR_IDS)("asr transcribe -p %s", (id) => {
  it("gives the vendor's text, breaking none of its rules, with the audio bit for bit", async () => {
    const { vendor, env, secrets } = await openVendor(id, { keepAudio: true });
    const run = await asr(["transcribe", CLIP, "-p", id, "-f", "json"], { env });
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: "" });
    const transcript = JSON.parse(run.stdout);
    expect(transcript.provider).toBe(id);
    expect(transcript.text).toContain("你好，欢迎使用语音识别。");
    expect(transcript.usage.billed_seconds).toBeGreaterThan(5);
    expect(vendor.violations).toEqual([]);
    const received = Buffer.concat(
      vendor.requests.flatMap(({ audio }) => (audio?.bytes === undefined ? [] : [audio.bytes])),
    );
    const file = await readFile(CLIP);
    const sent = received.subarray(0, 4).toString() === "RIFF" ? file : file.subarray(44);
    expect(sha256(received)).toBe(sha256(sent));
    for (const secret of secrets) expect(run.stdout + run.stderr).not.toContain(secret);
  });

  it("takes a pipe, and subtitles come in order", async () => {
    const { vendor, env } = await openVendor(id);
    const stdin = await readFile(CLIP);
    const run = await asr(["transcribe", "-", "-p", id, "-f", "srt"], { env, stdin });
    expect(run.code).toBe(0);
    // The double's sentences are as long as it likes.
    expect(run.stderr).toMatch(/^(asr: warning: speech too fast to be read .*\n)?$/);
    expect(run.stdout).toMatch(/^1\n00:00:0\d,\d{3} --> 00:00:0\d,\d{3}\n/);
    expect(vendor.violations).toEqual([]);
  });

  it("converts what the vendor does not take", async () => {
    const { vendor, env } = await openVendor(id);
    const folder = temporaryFolder();
    await writeFile(path.join(folder, "hi-fi.wav"), stereoWav(44_100, 2));
    const run = await asr(["transcribe", "hi-fi.wav", "-p", id], { env, cwd: folder });
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: "" });
    expect(vendor.violations).toEqual([]);
  });

  it("stops before anything is sent where a setting is wrong", async () => {
    const { vendor, env } = await openVendor(id);
    const { code } = await asr(["transcribe", CLIP, "-p", id, "--set", "no_such=1"], { env });
    expect(code).toBe(2);
    expect(vendor.requests).toEqual([]);
  });

  it("exits with 4 where credentials are missing, and names them", async () => {
    const { code, stderr } = await asr(["transcribe", CLIP, "-p", id]);
    expect(code).toBe(4);
    expect(stderr).toMatch(/[A-Z]+_[A-Z_]+/);
  });

  it("exits with 6 where nobody listens", async () => {
    const { vendor, env } = await openVendor(id);
    await vendor.close();
    const { code } = await asr(["transcribe", CLIP, "-p", id, "--retries", "0"], { env });
    expect(code).toBe(6);
  });

  it("never follows a redirect with credentials", async () => {
    const other = await openOtherOrigin();
    const faults = [{ at: () => true, fault: redirectTo(other.origin), times: 99 }];
    const { env } = await openVendor(id, { faults });
    const { code } = await asr(["transcribe", CLIP, "-p", id], { env });
    expect(code).not.toBe(0);
    expect(other.requests).toEqual([]);
  });
});

describe("several inputs at a vendor", () => {
  it("stop at once where all would fail alike, with that cause's exit code", async () => {
    const faults = [{ at: () => true, fault: { kind: "code", code: 4004 } as const, times: 99 }];
    const { vendor, env } = await openVendor("tencent-flash", { faults });
    const inputs = await copiesOf(CLIP, 5);
    const words = ["transcribe", ...inputs, "-p", "tencent-flash", "-j", "1"];
    const { code, stderr } = await asr(words, { env });
    expect(code).toBe(5);
    expect(vendor.requests).toHaveLength(1);
    expect(stderr).toContain("4 of 5 inputs are left");
  });
});

describe("asr doctor", () => {
  it.each(VENDOR_IDS)("finds nothing wrong with a working %s, at no cost", async (id) => {
    const { vendor, env } = await openVendor(id);
    const { code, stdout } = await asr(["doctor", "-p", id, "--json"], { env });
    expect(code).toBe(0);
    const { checks } = JSON.parse(stdout) as { checks: { subject: string; state: string }[] };
    const states = checks.flatMap(({ subject, state }) => (subject === "audio" ? [] : [state]));
    expect(states).toEqual(states.map(() => "ok"));
    expect(vendor.requests.every(({ audio }) => audio === undefined)).toBe(true);
  });

  it("names the clock that is wrong, and the mend", async () => {
    const { env } = await openVendor("tencent-flash", {
      clockSkewMs: 400_000,
      decimalServerTime: true,
    });
    const { code, stdout } = await asr(["doctor", "-p", "tencent-flash"], { env });
    expect(code).toBe(4);
    expect(stdout).toMatch(/FAILED {2}tencent-flash {2}clock {2}.*400 s behind.*set the clock/);
  });

  it("says which secret is refused", async () => {
    const { env } = await openVendor("feishu-file");
    const wrong = { ...env, FEISHU_APP_SECRET: "wrong-secret-value" };
    const { code, stdout, stderr } = await asr(["doctor", "-p", "feishu-file"], { env: wrong });
    expect(code).toBe(4);
    expect(stdout).toContain("10014");
    expect(stdout + stderr).not.toContain("wrong-secret-value");
  });
});

describe("asr providers", () => {
  it("lists every provider, and shows one with its parameters and credentials", async () => {
    const { stdout } = await asr(["providers", "--json"]);
    const ids = JSON.parse(stdout).providers.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(["local", ...VENDOR_IDS]);
    const one = await asr(["providers", "tencent-flash"]);
    expect(one.stdout).toContain("sentence_max_length");
    expect(one.stdout).toContain("TENCENTCLOUD_SECRET_KEY");
  });
});

describe("safety", () => {
  it("refuses a password in --proxy, which everybody could read", async () => {
    const words = ["transcribe", CLIP, "--proxy", "http://user:hunter2@proxy.example:3128"];
    const { code, stderr } = await asr(words);
    expect(code).toBe(2);
    expect(stderr).toContain("ASR_PROXY");
    expect(stderr).not.toContain("hunter2");
  });

  it("refuses plain http to another machine", async () => {
    const { env } = await openVendor("stepfun");
    const plain = { ...env, ASR_STEPFUN_BASE_URL: "http://stepfun.example" };
    const { code } = await asr(["transcribe", CLIP, "-p", "stepfun"], { env: plain });
    expect(code).toBe(2);
  });
});

/** The same recording under several names: one named twice is done once. */
async function copiesOf(file: string, count: number): Promise<string[]> {
  const folder = temporaryFolder();
  const names = Array.from({ length: count }, (_, index) => path.join(folder, `${index}.wav`));
  for (const name of names) await copyFile(file, name);
  return names;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** A tone of so many seconds. */
function stereoWav(sampleRate: number, seconds: number): Buffer {
  const frames = sampleRate * seconds;
  const wav = Buffer.alloc(44 + frames * 4);
  wav.write("RIFF");
  wav.writeUInt32LE(36 + frames * 4, 4);
  wav.write("WAVEfmt ", 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(2, 22);
  wav.writeUInt32LE(sampleRate, 24);
  wav.writeUInt32LE(sampleRate * 4, 28);
  wav.writeUInt16LE(4, 32);
  wav.writeUInt16LE(16, 34);
  wav.write("data", 36);
  wav.writeUInt32LE(frames * 4, 40);
  for (let frame = 0; frame < frames; frame++) {
    const sample = Math.round(8000 * Math.sin((2 * Math.PI * 440 * frame) / sampleRate));
    wav.writeInt16LE(sample, 44 + frame * 4);
    wav.writeInt16LE(sample, 46 + frame * 4);
  }
  return wav;
}

describe("a setting that the vendor can't have", () => {
  it.each([
    ["feishu-file", ["-l", "ja"]],
    ["feishu-file", ["-m", "foo"]],
    ["tencent-flash", ["--hotword", "a|b"]],
    ["tencent-flash", ["--speakers", "-m", "16k_en", "--strict"]],
  ] as const)("is exit 2 with %s %j, for several inputs too", async (id, words) => {
    const { vendor, env } = await openVendor(id);
    const { code } = await asr(["transcribe", ...(await copiesOf(CLIP, 2)), "-p", id, ...words], {
      env,
    });
    expect(code).toBe(2);
    expect(vendor.requests).toEqual([]);
  });
});

describe("Ctrl-C in the middle", () => {
  it("tells the vendor of every open stream, and exits with 130", async () => {
    const dialogue = path.join(AUDIO, "en-ibm-dialogue.wav");
    const { vendor, env } = await openVendor("feishu-stream");
    const isPacket = (action: number) => (request: { body?: unknown }) =>
      JSON.stringify(request.body ?? {}).includes(`"action":${action}`);
    const inputs = await copiesOf(dialogue, 4);
    let child: ChildProcess | undefined;
    const running = asr(["transcribe", ...inputs, "-p", "feishu-stream", "-j", "4"], {
      env,
      started: (process) => {
        child = process;
      },
    });
    const opened = () => vendor.requests.filter(isPacket(1)).length;
    await vendor.waitFor(() => opened() === 4);
    child?.kill("SIGINT");
    const { code } = await running;
    expect(code).toBe(130);
    expect(vendor.requests.filter(isPacket(3))).toHaveLength(4);
    expect(vendor.violations).toEqual([]);
  });
});
