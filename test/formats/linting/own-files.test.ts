/** What is written here passes what is checked here. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lintFile } from "../../../src/formats/linting/lint-file.ts";
import { readSubtitles } from "../../../src/formats/reading/read.ts";
import { formatTranscript } from "../../../src/formats/table.ts";
import type { SubtitleStyle } from "../../../src/subtitles/style.ts";
import { STYLES } from "../../../src/subtitles/styles/table.ts";
import { readTranscript } from "../../../src/transcript/json.ts";
import type { Transcript } from "../../../src/transcript/transcript.ts";
import { anySegment } from "../../transcript/arbitraries.ts";
import { hardCases } from "../hard-cases.ts";

function hardFindings(format: string, transcript: Transcript, style: SubtitleStyle) {
  const file = readSubtitles(formatTranscript(format, transcript, { style }));
  if (file === undefined) return [];
  return lintFile(file, style).filter(({ severity }) => severity === "hard");
}

const fixture = readTranscript(readFileSync(hardCases("json"), "utf8"));

const anyOfAnHour = fc
  .array(anySegment(fc.integer({ min: 0, max: 60_000 })), { maxLength: 8 })
  .map((segments) => ({ ...fixture, segments }));

describe.each(STYLES.filter(({ asGiven }) => asGiven !== true))("by $id", (style) => {
  it.each(["srt", "vtt"])("the hard cases in %s have no hard finding", (format) => {
    expect(hardFindings(format, fixture, style)).toEqual([]);
  });

  it.each(["srt", "vtt"])("nothing in %s has, whatever was said", (format) => {
    fc.assert(
      fc.property(anyOfAnHour, (transcript) => {
        expect(hardFindings(format, transcript, style)).toEqual([]);
      }),
    );
  });
});
