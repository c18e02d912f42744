import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { distance } from "fastest-levenshtein";
import { describe, expect, it } from "vitest";
import { AUDIO, asr, temporaryFolder } from "./run.ts";
import { spoken } from "./words.ts";

const KENNEDY =
  "and so my fellow americans ask not what your country can do for you ask what you can do for your country";

const fixture = (name: string): string => path.join(AUDIO, name);

describe("asr transcribe, with the local recogniser", () => {
  it("prints what Kennedy said, and nothing on stderr", async () => {
    const { code, stdout, stderr } = await asr(["transcribe", fixture("en-jfk.wav")]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(spoken(stdout)).toBe(KENNEDY);
  });

  it("prints Mandarin in Simplified characters with punctuation", async () => {
    const reading =
      "沃森是认知计算技术的杰出代表它可以像人类一样思考积累经验不断学习沃森具有高超的大数据分析能力可以帮助人们进行决策";
    const { code, stdout } = await asr(["transcribe", fixture("zh-ibm-1-16k.wav")]);
    expect(code).toBe(0);
    expect(distance(spoken(stdout).replaceAll(" ", ""), reading)).toBeLessThanOrEqual(4);
    expect(stdout).toMatch(/[，。]/);
  });

  it("gives two LibriVox clips word for word, separated by an empty line, in input order", async () => {
    const clips = ["en-librivox-0870.wav", "en-librivox-0890.wav"].map(fixture);
    const { code, stdout } = await asr(["transcribe", ...clips]);
    expect(code).toBe(0);
    expect(stdout.split("\n\n").map(spoken)).toEqual([
      // Whisper writes "mister" as "Mr."
      "and mr john dashwood had then leisure to consider how much there might be prudently in his power to do for them",
      "unless to be rather cold hearted and rather selfish is to be ill disposed",
    ]);
  });

  it("takes a recording from a pipe, with a header", async () => {
    const stdin = await readFile(fixture("en-jfk.wav"));
    const { code, stdout } = await asr(["transcribe", "-"], { stdin });
    expect(code).toBe(0);
    expect(spoken(stdout)).toBe(KENNEDY);
  });

  it("takes headerless audio from a pipe", async () => {
    const stdin = await readFile(fixture("en-goforward-16k-s16le.raw"));
    const words = ["transcribe", "-", "--rate", "16000", "--encoding", "s16le"];
    const { code, stdout } = await asr(words, { stdin });
    expect(code).toBe(0);
    expect(spoken(stdout)).toMatch(/^go forward (ten|10) meters$/);
  });

  it("writes several formats at once, whole, into a new folder, and reads them as named", async () => {
    const folder = temporaryFolder();
    await mkdir(path.join(folder, "in", "monday"), { recursive: true });
    await writeFile(path.join(folder, "in", "notes.txt"), "no audio here");
    const clip = await readFile(fixture("en-librivox-0890.wav"));
    await writeFile(path.join(folder, "in", "monday", "clip.wav"), clip);
    const run = await asr(["transcribe", "in", "-o", "out", "-f", "json,srt"], { cwd: folder });
    expect(run).toMatchObject({ code: 0, stdout: "" });
    expect(run.stderr).toMatch(/^asr: 1 of 1 inputs done in [^\n]*\n$/);
    expect(await readdir(path.join(folder, "out", "monday"))).toEqual(["clip.json", "clip.srt"]);
    const json = JSON.parse(await readFile(path.join(folder, "out/monday/clip.json"), "utf8"));
    expect(json).toMatchObject({
      schema_version: 1,
      provider: "local",
      model: "base",
      language: "en",
      duration: 5.3,
      source: { sample_rate: 16000, channels: 1 },
    });
    expect(json.source.sha256).toMatch(/^[0-9a-f]{64}$/);
    const srt = await readFile(path.join(folder, "out/monday/clip.srt"), "utf8");
    expect(srt).toMatch(/^1\n00:00:00,\d{3} --> 00:00:0\d,\d{3}\n/);
  });

  it("recognises each channel on its own and labels it", async () => {
    const folder = temporaryFolder();
    const left = (await readFile(fixture("en-librivox-0890.wav"))).subarray(44);
    const stereo = Buffer.alloc(left.length * 2);
    for (let frame = 0; frame < left.length / 2; frame++) {
      stereo.writeInt16LE(left.readInt16LE(frame * 2), frame * 4);
    }
    const words = ["transcribe", "-", "--rate", "16000", "--channel-count", "2"];
    const run = await asr([...words, "--channels", "all", "-f", "json"], {
      stdin: stereo,
      cwd: folder,
    });
    expect(run.code).toBe(0);
    const { segments } = JSON.parse(run.stdout);
    expect(segments.length).toBeGreaterThan(0);
    for (const segment of segments) expect(segment.channel).toBe(0);
  });

  it.each([
    ["silence", () => 0],
    ["white noise", () => (Math.random() - 0.5) * 12000],
  ])("gives no text for 60 s of %s, and says so", async (_, sample) => {
    const stdin = Buffer.alloc(60 * 16000 * 2);
    for (let index = 0; index < stdin.length; index += 2) stdin.writeInt16LE(sample() | 0, index);
    const { code, stdout, stderr } = await asr(["transcribe", "-", "--rate", "16000"], { stdin });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toMatch(/warning: .*no speech/i);
  });

  it("keeps the old result where the new one fails", async () => {
    const folder = temporaryFolder();
    await writeFile(path.join(folder, "page.wav"), "<!doctype html><title>404</title>");
    await writeFile(path.join(folder, "page.srt"), "old");
    const { code } = await asr(["transcribe", "page.wav", "-o", "page.srt"], { cwd: folder });
    expect(code).toBe(3);
    expect(await readFile(path.join(folder, "page.srt"), "utf8")).toBe("old");
    expect(await readdir(folder)).toEqual(["page.srt", "page.wav"]);
  });

  it("writes to a device without replacing it", async () => {
    const run = await asr(["transcribe", fixture("en-librivox-0890.wav"), "-o", "/dev/null"]);
    expect(run).toEqual({ code: 0, stdout: "", stderr: "" });
    expect((await stat("/dev/null")).isCharacterDevice()).toBe(true);
  });
});
