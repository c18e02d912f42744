import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSubtitles } from "../../src/formats/reading/read.ts";
import { formatTranscript } from "../../src/formats/table.ts";
import { plainCues } from "../../src/subtitles/cues.ts";
import { plain } from "../../src/subtitles/styles/plain.ts";
import { readTranscript } from "../../src/transcript/json.ts";
import type { Segment } from "../../src/transcript/transcript.ts";
import { itWith } from "../tools.ts";
import { hardCases } from "./hard-cases.ts";

function dialogueOf(segment: Omit<Segment, "startMs" | "endMs">): string {
  const segments = [{ startMs: 1000, endMs: 3_723_456, ...segment }];
  const transcript = { provider: "local", durationMs: 0, segments, warnings: [], requestIds: [] };
  return formatTranscript("ass", transcript, { style: plain }).trimEnd().split("\n").at(-1) ?? "";
}

describe("ass", () => {
  it("writes hundredths of a second, and hours of one digit", () => {
    expect(dialogueOf({ text: "hello" })).toBe(
      "Dialogue: 0,0:00:01.00,1:02:03.46,Default,,0,0,0,,hello",
    );
  });

  it("names the speaker, without what would end the field", () => {
    expect(dialogueOf({ text: "hello", speaker: "Lee, Ann" })).toContain(",Default,Lee  Ann,0,");
  });

  it("keeps text from being read as commands", () => {
    expect(dialogueOf({ text: "{\\an8}C:\\Names, a\nb" })).toBe(
      "Dialogue: 0,0:00:01.00,1:02:03.46,Default,,0,0,0,,\\{\u2060\\\u2060an8\\}C:\u2060\\\u2060Names, a\\Nb",
    );
  });

  itWith("ffmpeg", "is read by ffmpeg as the cues that were written", () => {
    const transcript = readTranscript(readFileSync(hardCases("json"), "utf8"));
    const srt = execFileSync(
      "ffmpeg",
      ["-v", "error", "-i", "-", "-c:s", "text", "-f", "srt", "-"],
      {
        encoding: "utf8",
        input: formatTranscript("ass", transcript, { style: plain }),
      },
    );
    const toHundredths = (ms: number): number => Math.round(ms / 10) * 10;
    expect(
      readSubtitles(srt.replaceAll("\u2060", ""))?.cues.map(({ startMs, endMs, lines }) => ({
        startMs,
        endMs,
        lines,
      })),
    ).toEqual(
      plainCues(transcript.segments).map(({ startMs, endMs, lines }) => ({
        startMs: toHundredths(startMs),
        endMs: toHundredths(endMs),
        // libass shows "\\{" as a brace, ffmpeg's text encoder as it stands.
        lines: lines.map((line) => line.replace(/[{}]/g, "\\$&")),
      })),
    );
  });
});
