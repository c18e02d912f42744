/** Subtitles read as players and ffmpeg read them, whoever wrote them. */
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { readSubtitles } from "../../../src/formats/reading/read.ts";
import { subtitleTranscript } from "../../../src/formats/reading/subtitle-transcript.ts";
import { formatTranscript } from "../../../src/formats/table.ts";
import { plain } from "../../../src/subtitles/styles/plain.ts";
import type { Segment } from "../../../src/transcript/transcript.ts";
import { itWith } from "../../tools.ts";

function segmentsOf(text: string): readonly Segment[] {
  const file = readSubtitles(text);
  if (file === undefined) throw new Error("no subtitles");
  return subtitleTranscript(file).segments;
}

function rulesOf(text: string): string[] {
  return (readSubtitles(text)?.faults ?? []).map(({ rule, line }) => `${line} ${rule}`);
}

const HELLO = { text: "hello", startMs: 1000, endMs: 2500 };

describe("SRT", () => {
  it.each([
    ["as it should be", "1\n00:00:01,000 --> 00:00:02,500\nhello\n\n"],
    ["with a byte order mark", "\ufeff1\n00:00:01,000 --> 00:00:02,500\nhello\n"],
    ["of Windows", "1\r\n00:00:01,000 --> 00:00:02,500\r\nhello\r\n\r\n"],
    ["of an old Mac", "1\r00:00:01,000 --> 00:00:02,500\rhello\r"],
    ["without numbers", "00:00:01,000 --> 00:00:02,500\nhello\n"],
    ["with points", "1\n00:00:01.000 --> 00:00:02.500\nhello"],
    ["without hours", "1\n00:01,000 --> 00:02,500\nhello"],
    ["without zeros", "1\n0:0:1,0 --> 0:0:2,5\nhello"],
    ["without blanks at the arrow", "1\n00:00:01,000-->00:00:02,500\nhello"],
    ["with positions", "1\n00:00:01,000 --> 00:00:02,500 X1:40 X2:600 Y1:20 Y2:50\nhello"],
    [
      "with tags",
      '1\n00:00:01,000 --> 00:00:02,500\n{\\an8}<i><font color="#fff">hello</font></i>',
    ],
    ["with empty lines before", "\n\n1\n00:00:01,000 --> 00:00:02,500\n\nhello\n"],
  ])("%s", (_, text) => {
    expect(segmentsOf(text)).toEqual([HELLO]);
  });

  it("keeps lines, and text that only looks like a tag or a number", () => {
    expect(segmentsOf("1\n00:00:01,000 --> 00:00:02,500\na < b and c > d\n42\n")).toEqual([
      { ...HELLO, text: "a < b and c > d\n42" },
    ]);
  });

  it("takes cues that follow each other without an empty line", () => {
    const text = "1\n00:00:01,000 --> 00:00:02,500\nhello\n2\n00:00:03,000 --> 00:00:04,000\nyou\n";
    expect(segmentsOf(text)).toEqual([HELLO, { text: "you", startMs: 3000, endMs: 4000 }]);
    expect(rulesOf(text)).toEqual([]);
  });

  it("keeps text behind an empty line, and tells of it", () => {
    const text =
      "1\n00:00:01,000 --> 00:00:02,500\nhello\n\nyou\n\n2\n00:00:03,000 --> 00:00:04,000\nx\n";
    expect(segmentsOf(text)[0]?.text).toBe("hello\nyou");
    expect(rulesOf(text)).toEqual(["4 blank-line"]);
  });

  it("makes no cue of one that ends before it starts run backwards", () => {
    expect(segmentsOf("1\n00:00:05,000 --> 00:00:02,500\nhello\n")).toEqual([
      { text: "hello", startMs: 5000, endMs: 5000 },
    ]);
  });

  it("drops a cue without text", () => {
    const text = "1\n00:00:01,000 --> 00:00:02,500\n\n2\n00:00:03,000 --> 00:00:04,000\nx\n";
    expect(segmentsOf(text)).toEqual([{ text: "x", startMs: 3000, endMs: 4000 }]);
    expect(rulesOf(text)).toEqual(["2 empty-cue"]);
  });

  it.each([
    ["a time that is none", "1\n00:00:01,000 --> 00:00:02,5000\nhello\n", 2],
    [
      "another arrow",
      "1\n00:00:01,000 --> 00:00:02,500\na\n\n2\n00:00:03,000 -> 00:00:04,000\nb\n",
      6,
    ],
    ["half a time", "1\n00:00:01,000 --> 00:00:02,500\na\n\n2\n00:00:03,000 -->\nb\n", 6],
  ])("refuses %s with its line", (_, text, line) => {
    expect(() => segmentsOf(text)).toThrow(
      expect.objectContaining({ exitCode: 3, message: expect.stringMatching(`^line ${line}:`) }),
    );
  });
});

describe("WebVTT", () => {
  it.each([
    ["as it should be", "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nhello\n\n"],
    ["without hours", "WEBVTT\n\n00:01.000 --> 00:02.500\nhello\n"],
    [
      "with a title and metadata",
      "WEBVTT - a title\nKind: captions\n\n00:01.000 --> 00:02.500\nhello",
    ],
    [
      "with a byte order mark, of Windows",
      "\ufeffWEBVTT\r\n\r\n00:01.000 --> 00:02.500\r\nhello\r\n",
    ],
    [
      "with an identifier and settings",
      "WEBVTT\n\nintro\n00:01.000 --> 00:02.500 align:start line:0\nhello",
    ],
    [
      "with notes, styles and regions",
      "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\nNOTE\nnothing\n\n00:01.000 --> 00:02.500\nhello\n\nNOTE end\n",
    ],
    ["with tags", "WEBVTT\n\n00:01.000 --> 00:02.500\n<c.loud><i>hel</i>lo</c>"],
    ["without an empty line after the first", "WEBVTT\n00:01.000 --> 00:02.500\nhello"],
    ["with commas", "WEBVTT\n\n00:00:01,000 --> 00:00:02,500\nhello"],
  ])("%s", (_, text) => {
    expect(segmentsOf(text)).toEqual([HELLO]);
  });

  it("reads references", () => {
    const text =
      "WEBVTT\n\n00:01.000 --> 00:02.500\nR&amp;D &lt;b&gt; &#x4F60;&#22909; &amp;lt; &unknown;";
    expect(segmentsOf(text)[0]?.text).toBe("R&D <b> 你好 &lt; &unknown;");
  });

  it("reads voices as speakers, each a segment", () => {
    const text = "WEBVTT\n\n00:01.000 --> 00:02.500\n<v.loud Ann Lee>hello</v>\n<v 王&amp;Co>you\n";
    expect(segmentsOf(text)).toEqual([
      { ...HELLO, speaker: "Ann Lee" },
      { ...HELLO, text: "you", speaker: "王&Co" },
    ]);
  });

  it("reads times within a cue as words", () => {
    const text = "WEBVTT\n\n00:01.000 --> 00:02.500\nhel <00:01.500>lo <00:00:02.000>you\n";
    expect(segmentsOf(text)).toEqual([
      {
        ...HELLO,
        text: "hel lo you",
        words: [
          { text: "hel", startMs: 1000, endMs: 1500 },
          { text: "lo", startMs: 1500, endMs: 2000 },
          { text: "you", startMs: 2000, endMs: 2500 },
        ],
      },
    ]);
  });

  it("keeps text behind an empty line, and tells of it", () => {
    const text = "WEBVTT\n\n00:01.000 --> 00:02.500\nhello\n\nyou\n";
    expect(segmentsOf(text)[0]?.text).toBe("hello\nyou");
    expect(rulesOf(text)).toEqual(["5 blank-line"]);
  });

  it("refuses times that can't be read with their line", () => {
    expect(() => segmentsOf("WEBVTT\n\n1\n00:01.000 --> 00:0x.500\nhello")).toThrow(
      expect.objectContaining({ exitCode: 3, message: expect.stringMatching(/^line 4:/) }),
    );
  });
});

describe("what ffmpeg writes", () => {
  const segments = [
    { text: "R&D: a < b\nand 你好", startMs: 1000, endMs: 2500 },
    { text: "42", startMs: 3000, endMs: 3_604_250 },
  ];
  const transcript = { provider: "local", durationMs: 0, segments, warnings: [], requestIds: [] };
  for (const format of ["srt", "webvtt"]) {
    itWith("ffmpeg", `is read: ${format}`, () => {
      const text = execFileSync("ffmpeg", ["-v", "error", "-i", "-", "-f", format, "-"], {
        encoding: "utf8",
        input: formatTranscript("vtt", transcript, { style: plain }),
      });
      expect(segmentsOf(text)).toEqual(segments);
    });
  }
});
