/** What `--fix` makes of a file: nothing hard is left that new times and breaks can mend. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixFile } from "../../../src/formats/linting/fix-file.ts";
import { lintFile } from "../../../src/formats/linting/lint-file.ts";
import { subtitleFileText } from "../../../src/formats/linting/write-file.ts";
import { readSubtitles } from "../../../src/formats/reading/read.ts";
import type { SubtitleFile } from "../../../src/formats/reading/subtitle-file.ts";
import type { SubtitleStyle } from "../../../src/subtitles/style.ts";
import { netflixEn } from "../../../src/subtitles/styles/netflix-en.ts";
import { netflixZh } from "../../../src/subtitles/styles/netflix-zh.ts";
import { STYLES } from "../../../src/subtitles/styles/table.ts";
import { formatTimestamp, SRT_TIMESTAMP, VTT_TIMESTAMP } from "../../../src/transcript/time.ts";

function read(text: string): SubtitleFile {
  const file = readSubtitles(text);
  if (file === undefined) throw new Error("no subtitles");
  return file;
}

function fixed(text: string, style: SubtitleStyle): string {
  return subtitleFileText(fixFile(read(text), style));
}

function hardFindings(text: string, style: SubtitleStyle) {
  return lintFile(read(text), style).filter(({ severity }) => severity === "hard");
}

describe("--fix", () => {
  it("leaves what breaks no rule as it is, tags and positions too", () => {
    const text =
      "1\n00:00:01,000 --> 00:00:03,000\n<i>Good evening,</i> everybody.\n\n" +
      "2\n00:00:05,000 --> 00:00:07,000 X1:10\n{\\an8}This is the news.\n\n";
    expect(fixed(text, netflixEn)).toBe(text);
  });

  it("writes the form anew", () => {
    const text =
      "\ufeff7\r\n00:00:05.000-->00:00:07,000\r\nThis is the news.\r\n\r\n" +
      "00:00:01,0 --> 00:00:03,000\r\nGood evening,\r\n\r\neverybody.\r\n";
    expect(fixed(text, netflixEn)).toBe(
      "1\n00:00:01,000 --> 00:00:03,000\nGood evening, everybody.\n\n" +
        "2\n00:00:05,000 --> 00:00:07,000\nThis is the news.\n\n",
    );
  });

  it("keeps notes, styles, identifiers and settings of WebVTT", () => {
    const text =
      "WEBVTT a title\nKind: captions\n\nSTYLE\n::cue { color: red }\n\n" +
      "intro\n00:00:01.000 --> 00:00:03.000 align:start\n<v Ann>Good &amp; evening\n\n" +
      "NOTE between\n\n00:00:05.000 --> 00:00:07.000\nThis is the news.\n\nNOTE the end\n\n";
    expect(fixed(text, netflixEn)).toBe(text);
  });

  it("breaks a long line where the language does, and escapes again", () => {
    const text =
      "WEBVTT\n\n00:00:01.000 --> 00:00:06.000\n今天的节目里我们先讲研发（R&amp;D），然后再讲别的事情\n\n";
    const lines = fixed(text, netflixZh).split("\n");
    expect(lines.slice(2)).toEqual([
      "00:00:01.000 --> 00:00:06.000",
      "今天的节目里我们先讲研发（R&amp;D）",
      "然后再讲别的事情",
      "",
      "",
    ]);
  });

  it("does not run two speakers' lines together", () => {
    const text =
      "1\n00:00:01,000 --> 00:00:05,000\n- Are you quite sure of that, after everything we saw?\n- Yes.\n\n";
    expect(fixed(text, netflixEn)).toBe(text);
    expect(hardFindings(fixed(text, netflixEn), netflixEn)).toHaveLength(1);
  });

  it("lets a cue end before the next one, and stay as long as it must", () => {
    const text =
      "1\n00:00:01,000 --> 00:00:04,500\nGood evening, everybody.\n\n" +
      "2\n00:00:04,000 --> 00:00:04,200\nThis is the news.\n\n" +
      "3\n00:00:10,000 --> 00:00:30,000\nGood night.\n\n";
    expect(read(fixed(text, netflixEn)).cues.map(({ startMs, endMs }) => [startMs, endMs])).toEqual(
      [
        [1000, 3920],
        [4000, 4850],
        [10_000, 17_000],
      ],
    );
  });

  it("shows what is said within a long cue when it is said", () => {
    const long =
      "今天的节目里我们先讲研发，然后再讲别的事情，最后讲一讲明年的计划，谢谢大家的收看。";
    const text =
      `1\n00:00:01,000 --> 00:00:15,000\n${long}\n\n` +
      "2\n00:00:03,000 --> 00:00:04,000\n真的吗？\n\n";
    const { cues } = read(fixed(text, netflixZh));
    const answer = cues.findIndex(({ lines }) => lines.join("") === "真的吗？");
    expect(cues[answer]?.startMs).toBe(3000);
    expect(cues[answer + 1]?.startMs).toBeGreaterThan(4000);
  });
});

const words = fc.constantFrom(
  ..."the of news and committee yesterday, Shanghai. 人工智能 的 了 我们 今天， 讨论。 Kubernetes 3.14 这个 问题？ いいえ".split(
    " ",
  ),
);
const someText = fc
  .array(fc.array(words, { minLength: 1, maxLength: 14 }), { minLength: 1, maxLength: 3 })
  .map((lines) => lines.map((line) => line.join(" ")).join("\n"));
const someTimes = fc.integer({ min: 0, max: 60_000 });
const someCues = fc.array(fc.tuple(someTimes, someTimes, someText), { minLength: 1, maxLength: 8 });

function textOf(format: "srt" | "vtt", cues: readonly (readonly [number, number, string])[]) {
  const style = format === "srt" ? SRT_TIMESTAMP : VTT_TIMESTAMP;
  const blocks = cues.map(
    ([startMs, endMs, text]) =>
      `${formatTimestamp(startMs, style)} --> ${formatTimestamp(endMs, style)}\n${text}\n\n`,
  );
  return (format === "vtt" ? "WEBVTT\n\n" : "") + blocks.join("");
}

/** All characters but blanks and the marks that styles may drop; cues may come in another order. */
function lettersOf(file: SubtitleFile): string[] {
  const text = file.cues.flatMap(({ lines }) => lines).join("");
  return Array.from(text.replace(/[\s，。、,.]/g, "")).toSorted();
}

describe.each(STYLES)("any file by $id", (style) => {
  it.each(["srt", "vtt"] as const)("%s has nothing hard left, and all its text", (format) => {
    fc.assert(
      fc.property(someCues, (cues) => {
        const text = textOf(format, cues);
        const result = fixed(text, style);
        expect(hardFindings(result, style)).toEqual([]);
        expect(lettersOf(read(result))).toEqual(lettersOf(read(text)));
      }),
    );
  });

  it.each(["srt", "vtt"] as const)("%s has nothing left to mend a second time", (format) => {
    fc.assert(
      fc.property(someCues, (cues) => {
        const once = fixed(textOf(format, cues), style);
        expect(fixed(once, style)).toBe(once);
      }),
    );
  });
});
