/** Each rule finds the fault that was planted for it, and nothing in a file without faults. */
import { describe, expect, it } from "vitest";
import { byteFindings, FILE_RULES } from "../../../src/formats/linting/file-rules.ts";
import { lintFile } from "../../../src/formats/linting/lint-file.ts";
import { decodeText } from "../../../src/formats/reading/decode-text.ts";
import { readSubtitles } from "../../../src/formats/reading/read.ts";
import { RULES } from "../../../src/subtitles/rules.ts";
import type { SubtitleStyle } from "../../../src/subtitles/style.ts";
import { netflixEn } from "../../../src/subtitles/styles/netflix-en.ts";
import { netflixZh } from "../../../src/subtitles/styles/netflix-zh.ts";

type Row = readonly [
  rule: string,
  severity: "hard" | "soft",
  text: string,
  place: { readonly line: number; readonly cue?: number; readonly atMs?: number },
  measured: number | string | undefined,
  limit: number | string | undefined,
];

function found(text: string | Uint8Array, style: SubtitleStyle) {
  const decoded = decodeText(typeof text === "string" ? Buffer.from(text) : text);
  const file = readSubtitles(decoded.text);
  if (file === undefined) throw new Error("no subtitles");
  return [...byteFindings(decoded), ...lintFile(file, style)];
}

const GOOD = `1
00:00:01,000 --> 00:00:03,000
Good evening, everybody.

2
00:00:03,080 --> 00:00:05,000
This is the news.

`;

/** A cue of three seconds, and one after it. */
function srt(lines: string, times = "00:00:05,080 --> 00:00:08,000"): string {
  return `${GOOD}3\n${times}\n${lines}\n\n`;
}

const PLANTED: readonly Row[] = [
  [
    "line-length",
    "hard",
    srt("I never thought that a single line could go on."),
    { line: 11, cue: 3, atMs: 5080 },
    47,
    42,
  ],
  [
    "line-count",
    "hard",
    srt("I never thought that a cue\nof only a few words\ncould go on for three lines."),
    { line: 10, cue: 3, atMs: 5080 },
    3,
    2,
  ],
  [
    "duration-positive",
    "hard",
    srt("Back in time.", "00:00:07,000 --> 00:00:06,500"),
    { line: 10, cue: 3, atMs: 7000 },
    -500,
    1,
  ],
  [
    "overlap",
    "hard",
    srt("Too early, much too early.", "00:00:04,750 --> 00:00:07,000"),
    { line: 10, cue: 3, atMs: 4750 },
    250,
    0,
  ],
  [
    "min-gap",
    "hard",
    srt("A little too early.", "00:00:05,040 --> 00:00:07,000"),
    { line: 10, cue: 3, atMs: 5040 },
    40,
    80,
  ],
  [
    "max-duration",
    "hard",
    srt("This stays.", "00:00:06,000 --> 00:00:13,040"),
    { line: 10, cue: 3, atMs: 6000 },
    7040,
    7000,
  ],
  [
    "min-duration",
    "soft",
    srt("Yes.", "00:00:06,000 --> 00:00:06,800"),
    { line: 10, cue: 3, atMs: 6000 },
    800,
    833,
  ],
  [
    "reading-speed",
    "soft",
    srt("Who could read all of this?", "00:00:06,000 --> 00:00:07,000"),
    { line: 10, cue: 3, atMs: 6000 },
    27,
    20,
  ],
  [
    "short-gap",
    "soft",
    srt("This flickers a little.", "00:00:05,300 --> 00:00:07,000"),
    { line: 10, cue: 3, atMs: 5300 },
    300,
    500,
  ],
  [
    "needless-break",
    "soft",
    srt("This would fit\non one line.", "00:00:06,000 --> 00:00:08,000"),
    { line: 10, cue: 3, atMs: 6000 },
    27,
    42,
  ],
  [
    "orphan",
    "soft",
    srt("This is a line that is much too long for\nit.", "00:00:06,000 --> 00:00:09,000"),
    { line: 12, cue: 3, atMs: 6000 },
    undefined,
    undefined,
  ],
  [
    "weak-end",
    "soft",
    srt("She told me that she had always lived in the\nhouse by the sea."),
    { line: 11, cue: 3, atMs: 5080 },
    undefined,
    undefined,
  ],
  [
    "times",
    "hard",
    srt("When?", "00:00:06,000 --> 00:00:0x,000"),
    { line: 10, cue: 2, atMs: 3080 },
    "00:00:06,000 --> 00:00:0x,000",
    "00:00:01,000 --> 00:00:02,000",
  ],
  [
    "time-separator",
    "hard",
    srt("A point.", "00:00:06.000 --> 00:00:08,000"),
    { line: 10, cue: 3, atMs: 6000 },
    '"." before the milliseconds',
    '","',
  ],
  [
    "order",
    "hard",
    srt("Much earlier.", "00:00:02,000 --> 00:00:02,900"),
    { line: 10, cue: 3, atMs: 2000 },
    "a start 1080 ms before that of the cue before",
    "cues by their start",
  ],
  [
    "blank-line",
    "hard",
    srt("This is a sentence that has\n\nan empty line in the middle."),
    { line: 12, cue: 3, atMs: 5080 },
    "an empty line inside the cue",
    "none: most players drop what comes after it",
  ],
  ["stray-text", "hard", `A title\n\n${GOOD}`, { line: 1 }, "A title", "a cue's number"],
  [
    "empty-cue",
    "hard",
    srt("", "00:00:06,000 --> 00:00:08,000"),
    { line: 10, cue: 3, atMs: 6000 },
    "no text",
    "a line of text",
  ],
  [
    "numbering",
    "soft",
    GOOD.replace("\n2\n", "\n7\n"),
    { line: 5, cue: 2, atMs: 3080 },
    "number 7",
    "number 2",
  ],
];

describe("a planted fault", () => {
  it.each(PLANTED)("%s", (rule, severity, text, place, measured, limit) => {
    const findings = found(text, netflixEn).filter((finding) => finding.rule === rule);
    expect(findings).toEqual([
      expect.objectContaining({
        ...place,
        severity,
        ...(measured === undefined ? {} : { measured }),
        ...(limit === undefined ? {} : { limit }),
      }),
    ]);
  });

  it("punctuation", () => {
    const text = "1\n00:00:01,000 --> 00:00:03,000\n大家好，\n欢迎收听今天的晚间新闻节目\n\n";
    expect(found(text, netflixZh)).toEqual([
      expect.objectContaining({ rule: "punctuation", severity: "soft", line: 3, cue: 1 }),
    ]);
  });

  it("encoding", () => {
    const bytes = Buffer.concat([Buffer.from(GOOD), Buffer.from([0xc4, 0xe3, 0xba, 0xc3, 0x0a])]);
    expect(found(bytes, netflixEn)[0]).toMatchObject({
      rule: "encoding",
      severity: "hard",
      line: 9,
    });
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(GOOD, "utf16le")]);
    expect(found(utf16, netflixEn)).toEqual([
      expect.objectContaining({ rule: "encoding", severity: "hard", measured: "UTF-16LE" }),
    ]);
  });

  it("byte-order-mark", () => {
    expect(found(`\ufeff${GOOD}`, netflixEn)).toEqual([
      expect.objectContaining({ rule: "byte-order-mark", severity: "soft", line: 1 }),
    ]);
  });

  it("has a test for every rule", () => {
    const tested = [...PLANTED.map(([rule]) => rule), "punctuation", "encoding", "byte-order-mark"];
    const rules = [...RULES.map(({ id }) => id), ...Object.keys(FILE_RULES)];
    expect(tested.toSorted()).toEqual(rules.toSorted());
  });
});

it("finds nothing in a good file", () => {
  expect(found(GOOD, netflixEn)).toEqual([]);
  expect(found(GOOD.replaceAll("\n", "\r\n"), netflixEn)).toEqual([]);
  const vtt = `WEBVTT\n\n${GOOD.replaceAll(",0", ".0")}`;
  expect(found(vtt, netflixEn)).toEqual([]);
});

it("measures what is seen, not tags and references", () => {
  const text = srt('<font color="#ffffff"><i>This line fits, tags or not, R&D.</i></font>');
  expect(found(text, netflixEn)).toEqual([]);
});
