import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { asrInProcess } from "./in-process.ts";
import { AUDIO, temporaryFolder } from "./run.ts";
import { openVendor, VENDOR_IDS } from "./vendor-accounts.ts";

/** 5.3 s of English at 16 kHz. */
const CLIP = path.join(AUDIO, "en-librivox-0890.wav");

/** A folder with `talk.wav`, and `notes.txt` that is no recording. */
function folderWithTalk(): string {
  const cwd = temporaryFolder();
  copyFileSync(CLIP, path.join(cwd, "talk.wav"));
  writeFileSync(path.join(cwd, "notes.txt"), "no recording at all, only words\n");
  return cwd;
}

const dryRun = (words: readonly string[], options: Parameters<typeof asrInProcess>[1] = {}) =>
  asrInProcess(["transcribe", "--dry-run", ...words], options);

describe.each(VENDOR_IDS)("asr transcribe --dry-run -p %s", (id) => {
  it.each([
    ["whole", []],
    ["in parts", ["--split", "3"]],
    ["without its silence", ["--skip-silence"]],
  ])("says of a recording that goes out %s what the run then does", async (_way, more) => {
    const { vendor, env } = await openVendor(id);
    const words = [CLIP, "-p", id, ...more];
    const dry = await dryRun([...words, "--json"]);
    expect({ code: dry.code, stderr: dry.stderr }).toEqual({ code: 0, stderr: "" });
    expect(vendor.requests).toEqual([]);
    const { inputs, total } = JSON.parse(dry.stdout);

    const run = await asrInProcess(["transcribe", ...words, "-f", "json"], { env });
    expect(run.code).toBe(0);
    const { usage, parts } = JSON.parse(run.stdout);
    expect(inputs[0].requests).toBe(usage.requests);
    expect(total.requests).toBe(usage.requests);
    expect(inputs[0].billed_seconds).toBeCloseTo(usage.billed_seconds, 2);
    // A transcript of one part does not say so.
    expect(inputs[0].parts?.length ?? 1).toBe(parts?.length ?? 1);
  });
});

/** FLAC whose header does not say how many samples there are (STREAMINFO, the last 36 of its bits). */
function flacWithoutTotal(): Uint8Array {
  const bytes = readFileSync(path.join(AUDIO, "compressed/en-librivox-0890.flac"));
  bytes[21] = (bytes[21] ?? 0) & 0xf0;
  return bytes.fill(0, 22, 26);
}

describe("asr transcribe --dry-run of what does not say how long it is", () => {
  it.each([
    ["tencent-flash", []],
    ["feishu-file", []],
    ["feishu-file", ["--split", "3"]],
  ] as const)("says with %s %s what the run then does", async (id, more) => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, "talk.flac"), flacWithoutTotal());
    const { env } = await openVendor(id);
    const words = ["talk.flac", "-p", id, ...more];
    const dry = await dryRun([...words, "--json"], { cwd });
    expect({ code: dry.code, stderr: dry.stderr }).toEqual({ code: 0, stderr: "" });
    const { inputs } = JSON.parse(dry.stdout);
    const run = await asrInProcess(["transcribe", ...words, "-f", "json"], { cwd, env });
    const { usage, parts } = JSON.parse(run.stdout);
    expect(inputs[0].duration).toBeCloseTo(5.3, 2);
    expect(inputs[0].requests).toBe(usage.requests);
    expect(inputs[0].parts?.length ?? 1).toBe(parts?.length ?? 1);
  });

  it.each(["mp3", "amr", "flac"])("takes a pipe of %s on this machine", async (extension) => {
    const stdin = readFileSync(path.join(AUDIO, `compressed/en-librivox-0890.${extension}`));
    const run = await dryRun(["-", "--json"], { stdin });
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(run.stdout).inputs[0].duration).toBeCloseTo(5.3, 1);
  });
});

describe("asr transcribe --dry-run", () => {
  it("needs no account, sends nothing, and writes nothing", async () => {
    const cwd = folderWithTalk();
    const run = await dryRun(["talk.wav", "-p", "tencent-flash", "-o", "talk.srt"], { cwd });
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: "" });
    expect(run.stdout).toMatch(/^INPUT +DURATION +CONTAINER +PLAN +REQUESTS +SIZE +BILLED +AT/);
    expect(run.stdout).toMatch(
      /\ntalk\.wav +5\.3 s +wav \(s16le\) +as it is +1 +169\.6 kB +5\.3 s/,
    );
    expect(existsSync(path.join(cwd, "talk.srt"))).toBe(false);
  });

  it("knows the price", async () => {
    const cwd = folderWithTalk();
    mkdirSync(path.join(cwd, ".config/asr"), { recursive: true });
    writeFileSync(
      path.join(cwd, ".config/asr/config.yaml"),
      "providers: { stepfun: { pricePerHour: 3600, currency: CNY } }\n",
    );
    const { stdout } = await dryRun(["talk.wav", "-p", "stepfun", "--json"], { cwd });
    const { currency, inputs } = JSON.parse(stdout);
    expect(currency).toBe("CNY");
    expect(inputs[0].cost).toBeCloseTo(inputs[0].billed_seconds, 6);
    const table = await dryRun(["talk.wav", "-p", "stepfun"], { cwd });
    expect(table.stdout).toMatch(/COST\n.*5\.3\d* CNY\n/);
  });

  it("takes a pipe", async () => {
    const run = await dryRun(["-", "-p", "feishu-file"], { stdin: readFileSync(CLIP) });
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: "" });
    expect(run.stdout).toMatch(/\n- +5\.3 s .* 16 kHz mono pcm +1 /);
  });

  it("ends as the run would, where the only input is bad", async () => {
    const run = await dryRun(["notes.txt"], { cwd: folderWithTalk() });
    expect(run.code).toBe(3);
    expect(run.stdout).toMatch(/\nnotes\.txt +FAILED: .*text/);
    expect(run.stderr).toMatch(/^asr: error: .*notes\.txt/);
  });

  it("ends as the run would, where one of several is bad", async () => {
    const run = await dryRun(["talk.wav", "notes.txt", "gone.wav"], { cwd: folderWithTalk() });
    expect(run.code).toBe(8);
    expect(run.stdout).toMatch(/\ntalk\.wav +5\.3 s/);
    expect(run.stdout).toMatch(/\ngone\.wav +FAILED: no such file/);
    expect(run.stderr).toMatch(/notes\.txt[\s\S]*2 of 3 inputs failed/);
  });

  it.each([
    ["two results in one place", ["talk.wav", "a/talk.mp3", "-o", "out/"], 2],
    ["a place that can't be written", ["talk.wav", "-o", "gone/talk.txt"], 10],
    ["a parameter that there is not", ["talk.wav", "--set", "no_such=1"], 2],
    ["a language that the provider lacks", ["talk.wav", "-p", "feishu-file", "-l", "fr"], 2],
  ])("refuses %s as the run would", async (_what, words, code) => {
    const cwd = folderWithTalk();
    mkdirSync(path.join(cwd, "a"));
    copyFileSync(CLIP, path.join(cwd, "a/talk.mp3"));
    const run = await dryRun(words, { cwd });
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code, stdout: "" });
  });

  it("passes over what a folder holds besides recordings", async () => {
    const run = await dryRun([".", "--json"], { cwd: folderWithTalk() });
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout).total).toMatchObject({ inputs: 1, failed: 0 });
  });

  it("is what --json is for", async () => {
    const run = await asrInProcess(["transcribe", "talk.wav", "--json"], { cwd: folderWithTalk() });
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 2, stdout: "" });
    expect(run.stderr).toContain("-f json");
  });
});
