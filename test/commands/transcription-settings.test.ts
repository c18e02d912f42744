import { describe, expect, it } from "vitest";
import { recognitionSettings } from "../../src/commands/recognition-settings.ts";
import { planWishes, refuseReportFlag } from "../../src/commands/transcription-settings.ts";
import { loadProvider } from "../../src/providers/registry.ts";
import type { Settings } from "../../src/settings/load.ts";

/** Those values that the recogniser's settings are made of. */
const VALUES = {
  language: "auto",
  speakers: false,
  words: false,
  channels: "mix",
  raw: false,
} as Partial<Settings["values"]> as Settings["values"];

describe("what the output formats ask of the recogniser", () => {
  it.each([
    [["txt"], false, false],
    [["json"], true, false],
    [["tsv", "jsonl"], true, false],
    [["srt"], true, true],
    [["vtt"], true, true],
    [["txt", "json", "lrc"], true, true],
    [["html"], true, true],
  ])("%j: times %s, subtitles %s", (names, timesWanted, subtitles) => {
    const formats = names.map((name) => ({ name }));
    const rest = { hotwords: [], parameters: {}, uncheckedParameters: {} };
    expect(recognitionSettings(VALUES, { ...rest, formats })).toMatchObject({
      timesWanted,
      subtitles,
    });
  });

  it("a report asks for words where there are some, and nowhere else", async () => {
    const wordsOf = async (id: string, name: string): Promise<boolean> => {
      const provider = await loadProvider(id);
      const rest = { hotwords: [], parameters: {}, uncheckedParameters: {}, provider };
      return recognitionSettings(VALUES, { ...rest, formats: [{ name }] }).words;
    };
    expect(await wordsOf("tencent-flash", "html")).toBe(true);
    expect(await wordsOf("feishu-stream", "html")).toBe(true);
    expect(await wordsOf("local", "html")).toBe(false);
    expect(await wordsOf("tencent-flash", "json")).toBe(false);
  });
});

describe("how the audio is to be divided", () => {
  const wishesOf = (given: Partial<Settings["values"]>) =>
    planWishes({ ...VALUES, split: "silence", skipSilence: false, ...given });

  it("is what the options say, times in milliseconds", () => {
    expect(wishesOf({})).toEqual({
      channels: "mix",
      split: "silence",
      skipSilence: false,
      speakers: false,
    });
    expect(
      wishesOf({ channels: "all", split: 29.9995, segmentSeconds: 7.25, skipSilence: true }),
    ).toMatchObject({ channels: "all", split: 30_000, segmentMs: 7250, skipSilence: true });
    expect(wishesOf({ split: "never", speakers: true })).toMatchObject({
      split: "never",
      speakers: true,
    });
  });
});

describe("--json without --dry-run", () => {
  const refuse = (json: boolean, dryRun: boolean, source: string) => () =>
    refuseReportFlag({
      values: { ...VALUES, json, dryRun },
      sources: { json: source } as Settings["sources"],
    } as Settings);

  it("is refused, with the way to a transcript in JSON", () => {
    expect(refuse(true, false, "flag")).toThrow(
      expect.objectContaining({
        kind: "usage",
        details: expect.objectContaining({ hint: expect.stringContaining("-f json") }),
      }),
    );
  });

  it.each([
    [true, true, "flag"],
    [false, false, "flag"],
    [true, false, "environment ASR_JSON"],
    [true, false, "/home/me/.asrrc"],
  ])("is not in the way of json=%j, dryRun=%j from %s", (json, dryRun, source) => {
    expect(refuse(json, dryRun, source)).not.toThrow();
  });
});
