import { describe, expect, it } from "vitest";
import { recognitionSettings } from "../../src/commands/transcription-settings.ts";
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
  ])("%j: times %s, subtitles %s", (names, timesWanted, subtitles) => {
    const formats = names.map((name) => ({ name }));
    const rest = { hotwords: [], parameters: {}, uncheckedParameters: {} };
    expect(recognitionSettings(VALUES, { ...rest, formats })).toMatchObject({
      timesWanted,
      subtitles,
    });
  });
});
