/** What of a transcript a report shows. */
import { describe, expect, it } from "vitest";
import { reportOf } from "../../../src/formats/html/report.ts";
import { transcriptOf } from "./report-page.ts";

describe("a report", () => {
  it("places words in the text, whatever stands between them", () => {
    const segment = {
      text: "Well, hello  there!",
      startMs: 0,
      endMs: 2000,
      words: [
        { text: "well", startMs: 0, endMs: 400 },
        { text: "there", startMs: 900, endMs: 1500 },
      ],
    };
    const [shown] = reportOf(transcriptOf([segment]), {}, undefined).segments;
    expect(shown?.words).toEqual([0, 4, 0, 400, 13, 18, 900, 1500]);
    expect(shown?.text.slice(13, 18)).toBe("there");
  });

  it("names speakers in the order in which they speak, and channels", () => {
    const times = { startMs: 0, endMs: 1 };
    const { speakers, segments } = reportOf(
      transcriptOf([
        { ...times, text: "a", speaker: "1" },
        { ...times, text: "b", channel: 0 },
        { ...times, text: "c", speaker: "王小明" },
        { ...times, text: "d", speaker: "1", channel: 1 },
        { ...times, text: "e" },
      ]),
      {},
      undefined,
    );
    expect(speakers).toEqual(["Speaker 1", "Channel 0", "王小明"]);
    expect(segments.map(({ speaker }) => speaker)).toEqual([0, 1, 2, 0, undefined]);
  });

  it("shows what asr lint says of the subtitles, at the segment in which the cue begins", () => {
    const fast = "This is far more than anybody could read in so short a time as this";
    const { segments, cues, style } = reportOf(
      transcriptOf([
        { text: "Calm.", startMs: 0, endMs: 2000 },
        { text: fast, startMs: 5000, endMs: 5800, speaker: "a" },
        { text: "And on.", startMs: 5800, endMs: 8000, speaker: "b" },
      ]),
      {},
      undefined,
    );
    expect(style.id).toBe("netflix-en");
    expect(cues.slice(0, 1)).toEqual([0]);
    expect(segments[0]?.notes).toBeUndefined();
    const texts = segments[1]?.notes?.map(({ text }) => text) ?? [];
    expect(texts.join("\n")).toMatch(
      /^soft: reading-speed: [\d.]+ characters\/s, the limit is 20 \(cue 2, 00:00:05\.000\)$/m,
    );
  });

  it("leaves out what shows nothing, and is as long as its last word where nobody says", () => {
    const report = reportOf(
      transcriptOf(
        [
          { text: " \u0000", startMs: 0, endMs: 10 },
          { text: "a", startMs: 20, endMs: 5000, approximate: true },
        ],
        { durationMs: 0 },
      ),
      {},
      undefined,
    );
    expect(report.segments).toHaveLength(1);
    expect(report.segments[0]?.isApproximate).toBe(true);
    expect(report.durationMs).toBe(5000);
  });
});
