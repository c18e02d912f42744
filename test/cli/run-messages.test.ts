/** What a run says of itself on stderr: to people in a line or two, to programs a line an input. */
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { asrInProcess } from "./in-process.ts";
import { AUDIO, temporaryFolder } from "./run.ts";
import { openVendor } from "./vendor-accounts.ts";

const CLIP = path.join(AUDIO, "en-librivox-0890.wav");

let cwd: string;

beforeEach(async () => {
  cwd = temporaryFolder();
  await mkdir(path.join(cwd, "in"));
  for (const name of ["a.wav", "b.wav"]) await copyFile(CLIP, path.join(cwd, "in", name));
});

const write = (name: string, text: string) => writeFile(path.join(cwd, name), text);

async function flash(faults: NonNullable<Parameters<typeof openVendor>[1]>["faults"] = []) {
  const { vendor, env } = await openVendor("tencent-flash", { faults });
  const run = (...words: string[]) =>
    asrInProcess(["transcribe", "-p", "tencent-flash", "-j", "1", ...words], { cwd, env });
  return { vendor, run };
}

const parsed = (stderr: string): Record<string, unknown>[] =>
  stderr
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("the summary at the end", () => {
  it("says what was done, how fast, and what it cost", async () => {
    await write(
      ".asrrc",
      JSON.stringify({ providers: { "tencent-flash": { pricePerHour: 360, currency: "CNY" } } }),
    );
    const { run } = await flash();
    const { code, stdout, stderr } = await run("in", "-o", "out");
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    // Two recordings of 5.3 s, at a tenth of a yuan a second.
    expect(stderr).toMatch(
      /^asr: 2 of 2 inputs done in \d+\.\d s: 10\.\d s of audio \([\d.]+x\), 1\d\.\d s billed, 1\.\d+ CNY\n$/,
    );
    expect((await run("in", "-o", "out")).stderr).toBe("asr: 2 of 2 inputs were done already\n");
  });

  it("names no money where no price is known, and nothing billed on this machine", async () => {
    const { run } = await flash();
    expect((await run("in", "-o", "out")).stderr).toMatch(/ billed\n$/);
    const here = await asrInProcess(["transcribe", "in", "-o", "here"], { cwd });
    expect(here.stderr).toMatch(/^asr: 2 of 2 inputs done in .* of audio \([\d.]+x\)\n$/);
  });

  it("is for folders alone, and not where it is to be quiet", async () => {
    const { run } = await flash();
    expect((await run("in")).stderr).toBe("");
    expect((await run("in/a.wav", "-o", "a.txt")).stderr).toBe("");
    expect((await run("in/a.wav", "-o", "one/")).stderr).toBe("");
    expect((await run("in", "-o", "out", "-q")).stderr).toBe("");
  });
});

describe("a batch that failed", () => {
  it("says how many, why, and what to do", async () => {
    await write("in/empty.wav", "");
    const { run } = await flash([{ at: 1, fault: { kind: "code", code: 4010 } }]);
    const { code, stderr } = await run("in", "-o", "my out");
    expect(code).toBe(8);
    expect(stderr).toMatch(/asr: 1 of 3 inputs done in/);
    expect(stderr).toMatch(/2 of 3 inputs failed\n {2}why: 1 × .*code 4010\); 1 × /);
    expect(stderr).toContain("1 × audio missing, damaged or not taken");
    expect(stderr).toContain("asr batch report 'my out'");
    expect(stderr).toContain("asr batch retry 'my out'");
    const plain = await run("in", "-o", "plain", "--no-resume");
    expect(plain.stderr).not.toContain("asr batch");
  });

  it.each([
    ["no money", 4004, 5],
    ["bad credentials", 4002, 4],
  ])("for a cause common to all stops with how many are left: %s", async (_, vendorCode, exit) => {
    const fault = { kind: "code", code: vendorCode } as const;
    const { vendor, run } = await flash([{ at: () => true, fault, times: 99 }]);
    const { code, stderr } = await run("in", "-o", "out");
    expect(code).toBe(exit);
    // A signature that is refused is tried again by the vendor's clock.
    expect(vendor.requests.length).toBeLessThanOrEqual(3);
    expect(stderr).toMatch(/stopped: 1 of 2 inputs are left\n {2}why: .*\n {2}try: .*retry out\n$/);
  });
});

describe("the log for programs", () => {
  it("has a line an input, and a summary", async () => {
    await write("in/empty.wav", "");
    const { run } = await flash();
    const first = parsed((await run("in", "-o", "./out", "--log-format", "json")).stderr);
    expect(first).toMatchObject([
      { level: "info", event: "done", input: expect.stringMatching(/a\.wav$/) },
      { event: "done", outputs: ["out/b.txt"], provider: "tencent-flash" },
      { level: "error", event: "failed", code: "audio", exit_code: 3 },
      { level: "info", event: "summary", inputs: 3, done: 2, failed: 1, left: 0, spend: [] },
      { level: "error", code: "several", exit_code: 8 },
    ]);
    const [done] = first;
    expect(Object.keys(done ?? {})).toEqual([
      ...["level", "event", "input", "provider", "outputs", "duration"],
      ...["billed_seconds", "request_ids", "seconds"],
    ]);
    expect(done).toMatchObject({ duration: 5.3, request_ids: [expect.any(String)] });
    const second = parsed((await run("in", "-o", "out", "--log-format", "json")).stderr);
    expect(second).toMatchObject([
      { level: "info", event: "passed", reason: "done_before" },
      { level: "info", event: "passed", reason: "done_before" },
      { level: "error", event: "failed" },
      { event: "summary", done: 0, done_before: 2, failed: 1, audio_seconds: 0 },
      { code: "several" },
    ]);
    const quiet = parsed((await run("in", "-o", "out", "--log-format", "json", "-q")).stderr);
    expect(quiet.map(({ level }) => level)).toEqual(["error", "error"]);
  });

  it("is the same for one input, and tells its failure once", async () => {
    const { run } = await flash();
    const done = await run("in/a.wav", "-o", path.join(cwd, "a.txt"), "--log-format", "json");
    expect(parsed(done.stderr)).toMatchObject([
      { event: "done", input: "in/a.wav", outputs: [path.join(cwd, "a.txt")] },
      { event: "summary", inputs: 1, done: 1 },
    ]);
    const onStdout = await run("in/a.wav", "--log-format", "json");
    expect(parsed(onStdout.stderr)).toMatchObject([{ outputs: [] }, { event: "summary" }]);
    await write("empty.wav", "");
    const failed = await run("empty.wav", "--log-format", "json");
    expect(failed.code).toBe(3);
    expect(parsed(failed.stderr)).toMatchObject([
      { level: "error", event: "failed", input: "empty.wav", code: "audio" },
      { event: "summary", failed: 1 },
    ]);
  });
});
