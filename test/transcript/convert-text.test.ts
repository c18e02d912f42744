import { describe, expect, it } from "vitest";
import { loadChineseConverter } from "../../src/chinese/convert.ts";
import { convertEvent, convertSegment } from "../../src/transcript/convert-text.ts";
import type { Segment } from "../../src/transcript/transcript.ts";

function segmentOf(text: string, words?: readonly string[]): Segment {
  const timed = words?.map((word, index) => ({
    text: word,
    startMs: index * 100,
    endMs: index * 100 + 90,
  }));
  return { text, startMs: 0, endMs: 1000, ...(timed === undefined ? {} : { words: timed }) };
}

const toTaiwan = await loadChineseConverter("taiwan");

describe("words", () => {
  it("are cut out of the text, which was converted as a whole: phrases decide", () => {
    const segment = segmentOf("他的头发，发展了。", ["他", "的", "头", "发", "发", "展", "了"]);
    expect(convertSegment(segment, toTaiwan)).toEqual(
      segmentOf("他的頭髮，發展了。", ["他", "的", "頭", "髮", "發", "展", "了"]),
    );
  });

  it("keep their times, and all that is not Chinese", () => {
    const segment = segmentOf("𠮷野家的 API，这里 👍🏽。", ["𠮷野家", "的", "API", "，", "这里"]);
    expect(convertSegment(segment, toTaiwan)).toEqual(
      segmentOf("𠮷野家的 API，這裡 👍🏽。", ["𠮷野家", "的", "API", "，", "這裡"]),
    );
  });

  it("that are not those of the text are converted by themselves", () => {
    const segment = segmentOf("共2024年这里", ["二零二四", "这里"]);
    expect(convertSegment(segment, toTaiwan).words?.map(({ text }) => text)).toEqual([
      "二零二四",
      "這裡",
    ]);
  });

  it("are converted by themselves where the count of characters changes", () => {
    const spelled = (text: string): string => text.replaceAll("㎞", "公里");
    expect(convertSegment(segmentOf("3㎞远", ["3", "㎞", "远"]), spelled)).toEqual(
      segmentOf("3公里远", ["3", "公里", "远"]),
    );
  });
});

it("partials, finals and the transcript at the end are converted, the vendor's answer is not", () => {
  const segment = segmentOf("这里");
  const facts = { provider: "local", durationMs: 1, warnings: [], requestIds: [], raw: ["这里"] };
  const shown = segmentOf("這裡");
  expect(convertEvent({ type: "partial", segment }, toTaiwan)).toEqual({
    type: "partial",
    segment: shown,
  });
  expect(convertEvent({ type: "final", segment }, toTaiwan)).toEqual({
    type: "final",
    segment: shown,
  });
  expect(
    convertEvent({ type: "done", transcript: { ...facts, segments: [segment] } }, toTaiwan),
  ).toEqual({ type: "done", transcript: { ...facts, segments: [shown] } });
});
