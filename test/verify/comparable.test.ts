import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FORMATS, formatTranscript } from "../../src/formats/table.ts";
import { comparable } from "../../src/verify/comparable.ts";
import { compareText } from "../../src/verify/compare-text.ts";
import { timesIn } from "../../src/verify/times.ts";
import { anyTranscript } from "../transcript/arbitraries.ts";

const NAMES = FORMATS.map(({ name }) => name);

describe("what is compared", () => {
  it("is equal to itself in every format, whatever the line ends", () => {
    fc.assert(
      fc.property(anyTranscript, fc.constantFrom(...NAMES), (transcript, format) => {
        const actual = formatTranscript(format, transcript);
        const expected = actual.replaceAll("\n", "\r\n");
        expect(compareText({ file: "x", format, expected, actual })).toBeUndefined();
      }),
    );
  });

  it("is JSON without the names that each run makes up", () => {
    const text = (ids: string[], name: string, id: string) =>
      JSON.stringify({ parts: [{ start: 0, request_id: id }], request_ids: ids, source: { name } });
    expect(comparable("json", text(["a"], "b", "c"))).toBe(comparable("json", text([], "d", "e")));
    expect(comparable("json", "{")).toBeUndefined();
  });

  it("is JSON Lines without what was said on the way", () => {
    const final = '{"type":"final","id":0,"text":"a"}';
    const lines = `{"type":"partial","text":"b"}\n${final}\n{"type":"progress","processed":1}\n`;
    expect(comparable("jsonl", lines)).toBe(comparable("jsonl", `${final}\n`));
  });
});

describe("times", () => {
  it.each([
    ["srt", "1\n00:00:01,500 --> 01:00:02,000\nat 00:00:01,500", [1500, 3_602_000]],
    ["vtt", "WEBVTT\n\n00:01.500 --> 00:02.000 align:left\nx", [1500, 2000]],
    ["lrc", "[00:12.34]a [00:13.00]", [12_340]],
    ["tsv", "start\tend\ttext\n10\t20\t30\t40", [10, 20]],
    ["json", '{"start": 0.1, "end": 2, "text": "\\"start\\": 5"}', [100, 2000]],
    ["txt", "00:00:01,500 --> 00:00:02,000", []],
  ])("of %s are found, and no other numbers", (format, text, ms) => {
    expect(timesIn(format, text).timesMs).toEqual(ms);
  });
});
