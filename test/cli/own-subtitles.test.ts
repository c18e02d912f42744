/** What `asr` writes passes `asr lint` and is read by players, whoever recognised it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parseText } from "../formats/caption-parser.ts";
import { asrInProcess } from "./in-process.ts";
import { AUDIO, asr, temporaryFolder } from "./run.ts";
import { openVendor, VENDOR_IDS } from "./vendor-accounts.ts";

const CLIP = path.join(AUDIO, "zh-ibm-1-16k.wav");

async function expectLegal(cwd: string, style: string): Promise<void> {
  const words = ["lint", "talk.srt", "talk.vtt", "--json", "--style", style];
  const { code, stdout, stderr } = await asrInProcess(words, { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const report = JSON.parse(stdout);
  expect(report.hard).toBe(0);
  const [srt, vtt] = report.files;
  expect(srt.cues).toBeGreaterThan(0);
  expect(vtt.cues).toBe(srt.cues);
  for (const type of ["srt", "vtt"] as const) {
    const text = readFileSync(path.join(cwd, `talk.${type}`), "utf8");
    const { cues, errors } = await parseText(text, { type, strict: true });
    expect({ errors, count: cues.length }).toEqual({ errors: [], count: srt.cues });
  }
  const ass = readFileSync(path.join(cwd, "talk.ass"), "utf8");
  expect(ass.match(/^Dialogue: /gm)).toHaveLength(srt.cues);
}

const FORMATS = ["-f", "srt,vtt,ass", "-o", "talk.srt"];

describe.each(VENDOR_IDS)("subtitles of %s", (id) => {
  it.each(["netflix-zh", "netflix-en", "bbc"])("have no hard finding by %s", async (style) => {
    const { env } = await openVendor(id);
    const cwd = temporaryFolder();
    const words = ["transcribe", CLIP, "-p", id, ...FORMATS, "--style", style];
    expect((await asrInProcess(words, { cwd, env })).code).toBe(0);
    await expectLegal(cwd, style);
  });

  it("have none while they are written live", async () => {
    const { env } = await openVendor(id);
    const words = ["stream", CLIP, "-p", id, "-f", "srt", "-o", "live.srt"];
    const cwd = temporaryFolder();
    expect((await asrInProcess([...words, "--style", "netflix-zh"], { cwd, env })).code).toBe(0);
    const lint = ["lint", "live.srt", "--style", "netflix-zh"];
    const { code, stdout } = await asrInProcess(lint, { cwd });
    expect(code).toBe(0);
    expect(stdout).not.toContain("0 cues");
  });
});

describe("subtitles of local", () => {
  it("have no hard finding", async () => {
    const cwd = temporaryFolder();
    expect((await asr(["transcribe", CLIP, ...FORMATS], { cwd })).code).toBe(0);
    await expectLegal(cwd, "netflix-zh");
  });
});
