import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { asrInProcess } from "../cli/in-process.ts";
import { AUDIO, temporaryFolder } from "../cli/run.ts";
import { openVendor } from "../cli/vendor-accounts.ts";

const CLIP = path.join(AUDIO, "en-librivox-0890.wav");
const SAMPLES = readFileSync(CLIP).subarray(44);
const PROVIDER = ["-p", "tencent-realtime"];

describe("asr stream", () => {
  it("gives the same words from a file, at its pace and faster, and from a pipe", async () => {
    const { env, vendor } = await openVendor("tencent-realtime");
    const fast = await asrInProcess(["stream", CLIP, ...PROVIDER], { env });
    expect(fast).toMatchObject({ code: 0, stderr: "" });
    const paced = await asrInProcess(["stream", CLIP, "--pace", "real", ...PROVIDER], { env });
    const piped = await asrInProcess(["stream", ...PROVIDER, "--channels", "first"], {
      env,
      stdin: SAMPLES,
    });
    expect([paced.stdout, piped.stdout]).toEqual([fast.stdout, fast.stdout]);
    expect(vendor.violations).toEqual([]);
  });

  it("writes files beside the text, and refuses to write over one", async () => {
    const { env } = await openVendor("tencent-realtime");
    const cwd = temporaryFolder();
    const words = ["stream", CLIP, ...PROVIDER, "-f", "json,jsonl", "-o", "talk"];
    const { code, stdout } = await asrInProcess(words, { env, cwd });
    expect(code).toBe(0);
    const { segments } = JSON.parse(await readFile(path.join(cwd, "talk.json"), "utf8"));
    expect(segments.map(({ text }: { text: string }) => `${text}\n`).join("")).toBe(stdout);
    const again = await asrInProcess([...words, "-f", "json"], { env, cwd });
    expect(again).toMatchObject({ code: 10, stdout: "" });
    const one = await asrInProcess(["stream", CLIP, ...PROVIDER, "-f", "json,srt"], { env, cwd });
    expect(one).toMatchObject({ code: 2, stdout: "" });
  });

  it("ends at once where it is told to before anything came", async () => {
    const { env, vendor } = await openVendor("tencent-realtime");
    const ending = AbortSignal.abort();
    const { code, stdout } = await asrInProcess(["stream", CLIP, ...PROVIDER], { env, ending });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(vendor.requests).toEqual([]);
  });

  it("is not for folders, several channels, or two inputs", async () => {
    for (const words of [[AUDIO], [CLIP, "--channels", "all"], [CLIP, "--mic"], [""]]) {
      expect(await asrInProcess(["stream", ...words])).toMatchObject({ code: 2, stdout: "" });
    }
    expect(await asrInProcess(["stream", "none.wav"])).toMatchObject({ code: 3, stdout: "" });
    const mic = await asrInProcess(["stream", "--mic", ...PROVIDER], { env: { PATH: "" } });
    expect(mic.code).not.toBe(0);
  });

  it("takes the microphone from the settings, and a named file before it", async () => {
    const { env } = await openVendor("tencent-realtime");
    const withMic = { ...env, ASR_MIC: "yes", PATH: "/nowhere" };
    const mic = await asrInProcess(["stream", ...PROVIDER], { env: withMic });
    expect(mic).toMatchObject({ code: 2, stdout: "" });
    expect(mic.stderr).toContain("no program is installed that records");
    const file = await asrInProcess(["stream", CLIP, ...PROVIDER], { env: withMic });
    expect(file).toMatchObject({ code: 0, stderr: "" });
    const none = await asrInProcess(["stream", "--no-mic", ...PROVIDER], {
      env: withMic,
      stdin: SAMPLES,
    });
    expect(none.code).toBe(0);
  });

  it("keeps what was recognised before a failure", async () => {
    let isBroken = false;
    const { env } = await openVendor("tencent-realtime", {
      recognise: ({ durationMs }) => {
        isBroken ||= durationMs > 4000;
        const endMs = Math.min(durationMs, 2000);
        const first = { text: "one.", startMs: 0, endMs };
        return durationMs < 2000
          ? [first]
          : [first, { text: "two.", startMs: 2000, endMs: durationMs }];
      },
      faults: [{ at: () => isBroken, fault: { kind: "code", code: 4003 }, times: 99 }],
    });
    const cwd = temporaryFolder();
    const words = ["stream", CLIP, "--pace", "real", ...PROVIDER, "-o", "talk.json"];
    const { code, stdout, stderr } = await asrInProcess(words, { env, cwd });
    expect(code).not.toBe(0);
    expect(stdout).toMatch(/^one\.\n/);
    expect(stderr).toContain("talk.partial.json");
  });
});
