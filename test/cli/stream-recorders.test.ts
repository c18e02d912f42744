/** Recorders as people pipe them into the command. */
import { spawn } from "node:child_process";
import path from "node:path";
import { describe, expect } from "vitest";
import { itWith } from "../tools.ts";
import { AUDIO, LAUNCHER, type Run, temporaryFolder } from "./run.ts";
import { openVendor } from "./vendor-accounts.ts";

const CLIP = path.join(AUDIO, "en-librivox-0890.wav");

function inShell(line: string, env: Readonly<Record<string, string>>): Promise<Run> {
  const cwd = temporaryFolder();
  const child = spawn("sh", ["-c", line], {
    cwd,
    env: { PATH: process.env.PATH ?? "", HOME: cwd, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

const ASR = `${process.execPath} ${LAUNCHER} stream -p tencent-realtime`;

async function heard(recorder: string, words: string) {
  const { vendor, env } = await openVendor("tencent-realtime", { keepAudio: true });
  const { code, stdout, stderr } = await inShell(`${recorder} | ${ASR} ${words}`, env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(vendor.violations).toEqual([]);
  const sizes = vendor.requests.map(({ audio }) => audio?.sizeBytes ?? 0);
  return { stdout, seconds: sizes.reduce((sum, size) => sum + size, 0) / 32_000 };
}

describe("a recorder before asr stream", () => {
  itWith("sox", "may write an endless WAV of any rate", async () => {
    const sox = `sox ${CLIP} -t wav -r 44100 -c 2 -`;
    const { stdout, seconds } = await heard(sox, "");
    expect(stdout).toMatch(/^你好，欢迎使用语音识别。\nHello world, this is a test\.\n/);
    expect(seconds).toBeCloseTo(5.3, 1);
  });

  itWith("ffmpeg", "may write headerless samples", async () => {
    const ffmpeg = `ffmpeg -v error -nostdin -i ${CLIP} -ar 48000 -ac 1 -f s16le -`;
    const { stdout, seconds } = await heard(ffmpeg, "--rate 48000");
    expect(stdout).toMatch(/^你好，欢迎使用语音识别。\nHello world, this is a test\.\n/);
    expect(seconds).toBeCloseTo(5.3, 1);
  });

  // ALSA's null device needs no sound card. It gives silence, as fast as it is read.
  itWith("arecord", "may be arecord, which is ended when enough was heard", async () => {
    const { env } = await openVendor("tencent-realtime");
    const line = `arecord -q -D null -t wav | ${ASR} --max-seconds 3 -f json`;
    const { code, stdout, stderr } = await inShell(line, env);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining("error") });
    expect(JSON.parse(stdout).duration).toBe(3);
  });

  itWith("arecord", "is started by --mic as well, and stopped", async () => {
    const { env } = await openVendor("tencent-realtime");
    const line = `${ASR} --mic null --max-seconds 3 -f json`;
    const { code, stdout, stderr } = await inShell(line, env);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^asr: listening with arecord to null\n/);
    expect(JSON.parse(stdout).duration).toBe(3);
  });
});
