import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { main } from "../../../src/cli.ts";
import { asrInProcess, inProcessWorld } from "../../cli/in-process.ts";
import { AUDIO, type RunOptions, temporaryFolder } from "../../cli/run.ts";
import { openVendor } from "../../cli/vendor-accounts.ts";

const CLIP = path.join(AUDIO, "en-librivox-0890.wav");
const SAMPLES = readFileSync(CLIP).subarray(44);
const PROVIDER = ["-p", "tencent-realtime"];

/** Where stdin is the terminal. */
async function atTerminal(words: readonly string[], options: Pick<RunOptions, "env" | "cwd">) {
  const written = { stdout: "", stderr: "" };
  const world = inProcessWorld(written, options);
  const code = await main(words, { ...world, stdin: { ...world.stdin, isTerminal: true } });
  return { code, ...written };
}

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

  it("ends quietly where the recorder of its pipe died of the same Ctrl-C first", async () => {
    const { env } = await openVendor("tencent-realtime");
    const written = { stdout: "", stderr: "" };
    const ending = new AbortController();
    const world = inProcessWorld(written, { env, ending: ending.signal });
    const silent = Readable.from([]).once("end", () => setImmediate(() => ending.abort()));
    const stdin = { isTerminal: false, bytes: () => silent };
    const code = await main(["stream", ...PROVIDER], { ...world, stdin });
    expect({ code, ...written }).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("calls a pipe stdin", async () => {
    const { env } = await openVendor("tencent-realtime");
    const { code, stderr } = await asrInProcess(["stream", ...PROVIDER], { env, stdin: "" });
    expect(code).toBe(3);
    expect(stderr).toMatch(/^asr: error: stdin: is empty\n/);
    const json = await asrInProcess(["stream", ...PROVIDER, "-f", "json"], { env, stdin: SAMPLES });
    expect(JSON.parse(json.stdout).source.name).toBe("-");
  });

  it("takes with the microphone no flags of headerless input, and no file for one", async () => {
    const { env } = await openVendor("tencent-realtime");
    const withoutRecorder = { ...env, PATH: "/nowhere" };
    for (const flag of ["--rate=8000", "--encoding=s16le", "--channel-count=1"]) {
      const words = ["stream", "--mic", flag, ...PROVIDER];
      const { code, stderr } = await asrInProcess(words, { env: withoutRecorder });
      expect(code).toBe(2);
      expect(stderr).toContain(`leave out ${flag.split("=")[0]}`);
    }
    const settings = { ...withoutRecorder, ASR_RATE: "8000" };
    const mic = await asrInProcess(["stream", "--mic", ...PROVIDER], { env: settings });
    expect(mic.stderr).toContain("no program is installed that records");
    const file = await asrInProcess(["stream", ...PROVIDER, "--mic", path.basename(CLIP)], {
      env: withoutRecorder,
      cwd: AUDIO,
    });
    expect(file.code).toBe(2);
    expect(file.stderr).toContain("is a file, and --mic takes a device");
  });

  it("is not for folders, several channels, or two inputs", async () => {
    for (const words of [[AUDIO], [CLIP, "--channels", "all"], [CLIP, "--mic"], [""]]) {
      expect(await asrInProcess(["stream", ...words])).toMatchObject({ code: 2, stdout: "" });
    }
    expect(await asrInProcess(["stream", "none.wav"])).toMatchObject({ code: 3, stdout: "" });
    const mic = await asrInProcess(["stream", "--mic", ...PROVIDER], { env: { PATH: "" } });
    expect(mic.code).not.toBe(0);
  });

  it("takes the microphone from the settings, and a named file or a pipe before it", async () => {
    const { env } = await openVendor("tencent-realtime");
    const withMic = { ...env, ASR_MIC: "yes", PATH: "/nowhere" };
    const mic = await atTerminal(["stream", ...PROVIDER], { env: withMic });
    expect(mic).toMatchObject({ code: 2, stdout: "" });
    expect(mic.stderr).toContain("no program is installed that records");
    const file = await asrInProcess(["stream", CLIP, ...PROVIDER], { env: withMic });
    expect(file).toMatchObject({ code: 0, stderr: "" });
    const pipe = await asrInProcess(["stream", ...PROVIDER], { env: withMic, stdin: SAMPLES });
    expect(pipe).toMatchObject({ code: 0, stdout: file.stdout });
    const typed = await asrInProcess(["stream", "--mic", ...PROVIDER], {
      env: withMic,
      stdin: SAMPLES,
    });
    expect(typed.stderr).toContain("no program is installed that records");
    const none = await atTerminal(["stream", "--no-mic", ...PROVIDER], { env: withMic });
    expect(none).toMatchObject({ code: 2, stdout: "" });
    expect(none.stderr).toContain("no input");
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
