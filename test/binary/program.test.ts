import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { openVendor } from "../cli/vendor-accounts.ts";
import { AUDIO, asr, BINARIES, ownFolder, ROOT } from "./run.ts";

const CLIP = path.join(AUDIO, "en-librivox-0890.wav");
const CASES = path.join(ROOT, "fixtures", "cases");
const RIGHT = { code: 0, stderr: "" };

describe("the binary, alone on a machine", () => {
  it("says its version and shows help", async () => {
    expect(await asr(["--version"])).toEqual({ ...RIGHT, stdout: `${manifest.version}\n` });
    const { code, stdout } = await asr(["transcribe", "--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain("--provider");
  });

  it("names no folder of the machine that built it", () => {
    const binary = readFileSync(path.join(BINARIES, "asr-linux-x64"));
    for (const folder of [ROOT, path.join(tmpdir(), "asr-")]) {
      expect(binary.includes(folder), folder).toBe(false);
    }
  });

  it("is not led by what is meant for another Node", async () => {
    const env = { NODE_OPTIONS: "--require ./no-such-file.js" };
    expect((await asr(["config", "show"], { env })).code).toBe(0);
  });

  it("reads a config file, and shows where a setting came from", async () => {
    const home = ownFolder();
    expect((await asr(["config", "init"], { home })).code).toBe(0);
    const { code, stdout } = await asr(["config", "show"], { home });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^provider +local +default/m);
  });

  it("names what is wrong with a command (exit 2)", async () => {
    const { code, stderr } = await asr(["transcribe", CLIP, "-p", "tencent"]);
    expect(code).toBe(2);
    expect(stderr).toContain("tencent-flash");
  });

  it.each([
    "tencent-flash",
    "tencent-realtime",
    "feishu-file",
    "feishu-stream",
    "stepfun",
  ] as const)("asks %s", async (id) => {
    const { vendor, env } = await openVendor(id);
    const json = await asr(["transcribe", CLIP, "-p", id, "-f", "json"], { env });
    expect(json).toMatchObject(RIGHT);
    expect(JSON.parse(json.stdout).provider).toBe(id);
    const srt = await asr(["transcribe", CLIP, "-p", id, "-f", "srt"], { env });
    expect(srt.stdout).toMatch(/^1\n00:00:0\d,\d{3} --> /);
    expect(vendor.violations).toEqual([]);
  });

  it("streams while it is spoken", async () => {
    const { vendor, env } = await openVendor("feishu-stream");
    const stdin = readFileSync(CLIP);
    const run = await asr(["stream", "-p", "feishu-stream"], { env, stdin });
    expect(run.code).toBe(0);
    expect(run.stdout.trim()).not.toBe("");
    expect(vendor.violations).toEqual([]);
  });

  it.each(["mp3", "flac", "silk", "amr", "webm"])("decodes %s", async (ending) => {
    const { vendor, env } = await openVendor("feishu-file");
    const file = path.join(AUDIO, "compressed", `en-librivox-0890.${ending}`);
    const run = await asr(["transcribe", file, "-p", "feishu-file", "-f", "json"], { env });
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout).source.duration).toBeCloseTo(5.3, 0);
    expect(vendor.violations).toEqual([]);
  });

  it.each(["opus", "vorbis"])("decodes ogg with %s", async (codec) => {
    const { env } = await openVendor("feishu-file");
    const file = path.join(AUDIO, "compressed", `en-librivox-0890-${codec}.ogg`);
    const run = await asr(["transcribe", file, "-p", "feishu-file"], { env });
    expect(run.code).toBe(0);
  });

  it("records, and replays without network", async () => {
    const { vendor, env } = await openVendor("tencent-flash");
    const home = ownFolder();
    const words = ["transcribe", CLIP, "-p", "tencent-flash"];
    const recorded = await asr([...words, "--record", "tape"], { env, home });
    expect(recorded).toMatchObject(RIGHT);
    await vendor.close();
    expect(await asr([...words, "--replay", "tape"], { home })).toEqual(recorded);
  });

  it("writes other formats and scripts, checks them and scores them", async () => {
    const home = ownFolder();
    copyFileSync(
      path.join(CASES, "english/tencent-flash.expected.json"),
      path.join(home, "a.json"),
    );
    const formatted = await asr(
      ["format", "a.json", "-f", "srt,vtt,ass", "-o", "out/", "--chinese", "taiwan"],
      { home },
    );
    expect(formatted.code).toBe(0);
    expect((await asr(["lint", "out/a.srt"], { home })).code).toBeLessThanOrEqual(9);
    const words = ["eval", "a.json", "--reference", "a.json", "--json"];
    const { code, stdout } = await asr(words, { home });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({});
  });

  it("verifies recorded cases", async () => {
    const words = ["verify", CASES, "--only-provider", "tencent-flash,stepfun"];
    const { code, stdout } = await asr(words);
    expect(stdout).not.toContain("FAILED");
    expect(code).toBe(0);
  });

  it("keeps a ledger in an output folder", async () => {
    const { vendor, env } = await openVendor("stepfun");
    const home = ownFolder();
    const words = ["transcribe", CLIP, "-p", "stepfun", "-o", "out/", "-f", "txt"];
    expect((await asr([...words, path.join(AUDIO, "en-jfk.wav")], { env, home })).code).toBe(0);
    const asked = vendor.requests.length;
    expect((await asr([...words, path.join(AUDIO, "en-jfk.wav")], { env, home })).code).toBe(0);
    expect(vendor.requests.length).toBe(asked);
    const { stdout } = await asr(["batch", "status", "out", "--json"], { home });
    expect(JSON.parse(stdout)).toBeTypeOf("object");
    expect(existsSync(path.join(home, "out/en-jfk.txt"))).toBe(true);
  });
});
