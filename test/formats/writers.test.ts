/** What holds for every format, and how early each one writes. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AsrError } from "../../src/errors.ts";
import type { FormatOptions } from "../../src/formats/format.ts";
import {
  FORMATS,
  formatNamed,
  formatOfExtension,
  formatTranscript,
} from "../../src/formats/table.ts";
import { plain } from "../../src/subtitles/styles/plain.ts";
import type { JobEvent } from "../../src/transcript/events.ts";
import { sortSegments } from "../../src/transcript/order.ts";
import { eventsOf } from "../../src/transcript/replay.ts";
import { textLines } from "../../src/transcript/text.ts";
import type { Segment, Transcript } from "../../src/transcript/transcript.ts";
import { anyTranscript } from "../transcript/arbitraries.ts";

function transcriptOf(...segments: Segment[]): Transcript {
  return { provider: "local", durationMs: 60_000, segments, warnings: [], requestIds: [] };
}

function segment(text: string, startMs: number, endMs = startMs + 1000): Segment {
  return { text, startMs, endMs };
}

/** What a writer gives for each event. */
function pieces(name: string, events: Iterable<JobEvent>, options: FormatOptions = {}): string[] {
  const writer = formatNamed(name).open(options);
  return Array.from(events, (event) => writer.write(event));
}

const failed: JobEvent = { type: "error", error: new AsrError("network", "the line went dead") };

describe("the table", () => {
  it("offers the formats that the README names, txt first", () => {
    expect(FORMATS.map(({ name }) => name)).toEqual([
      "txt",
      "srt",
      "vtt",
      "json",
      "jsonl",
      "tsv",
      "lrc",
      "ass",
      "html",
    ]);
  });

  it("lets one stream hold several transcripts only as the README says", () => {
    expect(FORMATS.filter(({ sharing }) => sharing).map(({ name }) => name)).toEqual([
      "txt",
      "json",
      "jsonl",
    ]);
  });

  it("knows a format by the extension of a file", () => {
    expect(formatOfExtension(".SRT")?.name).toBe("srt");
    expect(formatOfExtension("doc")).toBeUndefined();
    expect(formatOfExtension("")).toBeUndefined();
  });

  it("refuses a format it does not have and names those it has", () => {
    expect(() => formatTranscript("docx", transcriptOf())).toThrow(
      expect.objectContaining({
        exitCode: 2,
        message: "unknown format: docx",
        details: { hint: "use one of txt, srt, vtt, json, jsonl, tsv, lrc, ass, html" },
      }),
    );
  });
});

// JSON Lines has lines of its own for other events, JSON is whole or not at all.
const fromFinals = FORMATS.filter(({ name }) => name !== "jsonl");
const growing = FORMATS.filter(({ atEnd }) => atEnd !== true);

describe("every format", () => {
  it.each(fromFinals)(
    "$name does not let partials, progress and answers change a byte of the rest",
    ({ name }) => {
      fc.assert(
        fc.property(anyTranscript, (transcript) => {
          const events = [...eventsOf(transcript)].flatMap((event): JobEvent[] => [
            event,
            { type: "partial", segment: segment("not yet", 0) },
            { type: "progress", audioMs: 5 },
            { type: "response", requestId: "r" },
            { type: "warning", warning: { code: "no-speech", message: "nothing" } },
          ]);
          expect(pieces(name, events).join("")).toBe(formatTranscript(name, transcript));
        }),
      );
    },
  );

  // The HTML report's text is in its data: see test/formats/html.
  const texts = FORMATS.filter(({ name }) => name !== "html");

  it.each(texts)("$name loses no text, whatever it holds", ({ name }) => {
    fc.assert(
      fc.property(anyTranscript, (transcript) => {
        // Other styles break lines anew: see test/subtitles.
        const text = formatTranscript(name, transcript, { style: plain });
        const shown = shownText(name, text);
        let from = 0;
        for (const line of sortSegments(transcript.segments).flatMap((s) => textLines(s.text))) {
          const sought = written(name, line);
          const at = name.startsWith("json") ? shown.indexOf(sought) : shown.indexOf(sought, from);
          expect(at, `${JSON.stringify(line)} in ${JSON.stringify(text)}`).not.toBe(-1);
          from = at + 1;
        }
      }),
    );
  });

  it.each(FORMATS)("$name ends with a line feed, or is empty", ({ name }) => {
    fc.assert(
      fc.property(anyTranscript, (transcript) => {
        expect(formatTranscript(name, transcript)).toMatch(/(^|\n)$/);
      }),
    );
  });

  it.each(growing)("$name loses nothing that was final when the job fails", ({ name }) => {
    const events = [...eventsOf(transcriptOf(segment("alpha", 0), segment("omega", 2000)))];
    const text = pieces(name, [...events.slice(0, -1), failed]).join("");
    expect(text).toContain("alpha");
    expect(text).toContain("omega");
  });
});

/** How a line of text stands in a format that has no escapes. */
function written(name: string, line: string): string {
  if (name === "srt") return line.replace(/-{2,}>/g, "->");
  if (name === "ass") {
    return line.replace(/[{}\\]/g, (mark) => (mark === "\\" ? "\u2060\\\u2060" : `\\${mark}`));
  }
  if (name === "lrc") return line.replaceAll("[00:12.00]", "(00:12.00)");
  return line;
}

/** What a reader of the format sees. */
function shownText(name: string, text: string): string {
  if (name.startsWith("json")) return textsOfJson(text);
  if (name !== "vtt") return text;
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&lrm;", "\u200e")
    .replaceAll("&rlm;", "\u200f")
    .replaceAll("&amp;", "&");
}

function textsOfJson(text: string): string {
  const documents = text.startsWith("{\n") ? [text] : text.trim().split("\n");
  const texts: string[] = [];
  for (const document of documents) {
    JSON.parse(document, (key, value: unknown) => {
      if (key === "text" && typeof value === "string") texts.push(...textLines(value));
      return value;
    });
  }
  return texts.join("\n");
}

describe("how early", () => {
  const events = [...eventsOf(transcriptOf(segment("one", 0), segment("two", 1500)))];

  it.each([
    ["txt", ["", "one\n", "two\n", ""]],
    [
      "tsv",
      ["start\tend\ttext\tspeaker\tchannel\n", "0\t1000\tone\t\t\n", "1500\t2500\ttwo\t\t\n", ""],
    ],
    ["lrc", ["[re:asr]\n", "[00:00.00]one\n", "[00:01.50]two\n", "[00:02.50]\n"]],
    [
      "srt",
      [
        "",
        "",
        "1\n00:00:00,000 --> 00:00:01,000\none\n\n",
        "2\n00:00:01,500 --> 00:00:02,500\ntwo\n\n",
      ],
    ],
    [
      "vtt",
      [
        "WEBVTT\n\n",
        "",
        "00:00:00.000 --> 00:00:01.000\none\n\n",
        "00:00:01.500 --> 00:00:02.500\ntwo\n\n",
      ],
    ],
  ])("%s", (name, expected) => {
    expect(pieces(name, events, { style: plain, live: true })).toEqual(expected);
  });

  it.each(["srt", "vtt", "ass"])(
    "%s knows all before it writes cues, unless it is live",
    (name) => {
      const [start = "", ...rest] = pieces(name, events);
      expect([start, ...rest].join("")).toBe(
        formatTranscript(name, transcriptOf(segment("one", 0), segment("two", 1500))),
      );
      expect(rest.map((text) => text === "")).toEqual([true, true, false]);
    },
  );

  it("json writes once, when all is known", () => {
    expect(pieces("json", events).map((text) => text === "")).toEqual([true, true, true, false]);
  });

  it("a silent recording gives a file that players and programs still take", () => {
    const empty = transcriptOf();
    expect(formatTranscript("txt", empty)).toBe("");
    expect(formatTranscript("srt", empty)).toBe("");
    expect(formatTranscript("vtt", empty)).toBe("WEBVTT\n\n");
    expect(formatTranscript("lrc", empty)).toBe("[re:asr]\n");
    expect(formatTranscript("ass", empty)).toMatch(/\nFormat: [^\n]*\n$/);
    expect(formatTranscript("tsv", empty)).toBe("start\tend\ttext\tspeaker\tchannel\n");
  });
});
