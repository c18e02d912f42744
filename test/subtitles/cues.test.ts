import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPlainCues, LEAST_CUE_MS, plainCues } from "../../src/subtitles/cues.ts";
import { sortSegments } from "../../src/transcript/order.ts";
import { textLines } from "../../src/transcript/text.ts";
import type { Segment } from "../../src/transcript/transcript.ts";
import { anySegment } from "../transcript/arbitraries.ts";

function segment(text: string, startMs: number, endMs: number, more: Partial<Segment> = {}) {
  return { text, startMs, endMs, ...more };
}

const crowded = fc.array(anySegment(fc.integer({ min: -100, max: 5000 })), { maxLength: 12 });
const spread = fc.array(anySegment(), { maxLength: 12 });

describe("plainCues", () => {
  it("leaves segments that are already legal as they are", () => {
    expect(
      plainCues([
        segment("one", 0, 1000, { speaker: "0", channel: 1 }),
        segment("two\nlines", 1000, 1100),
      ]),
    ).toEqual([
      { startMs: 0, endMs: 1000, lines: ["one"], speaker: "0", channel: 1 },
      { startMs: 1000, endMs: 1100, lines: ["two", "lines"] },
    ]);
  });

  it("sorts, and drops what shows nothing", () => {
    const cues = plainCues([
      segment("b", 2000, 3000),
      segment(" \n\u0000", 500, 600),
      segment("a", 0, 1000),
    ]);
    expect(cues.map(({ lines }) => lines)).toEqual([["a"], ["b"]]);
  });

  it("ends a cue where the next one starts", () => {
    const cues = plainCues([segment("a", 0, 5000), segment("b", 2000, 3000)]);
    expect(cues.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 2000],
      [2000, 3000],
    ]);
  });

  it("shows together what starts together, a line each, and then names no speaker", () => {
    expect(
      plainCues([
        segment("a", 0, 5000, { speaker: "0", channel: 0 }),
        segment("b", 0, 3000, { speaker: "1", channel: 0 }),
      ]),
    ).toEqual([{ startMs: 0, endMs: 5000, lines: ["a", "b"], channel: 0 }]);
  });

  it("does not cut a cue to a flash for one that starts a moment later", () => {
    expect(plainCues([segment("a", 0, 5000), segment("b", 40, 3000)])).toEqual([
      { startMs: 0, endMs: 5000, lines: ["a", "b"] },
    ]);
  });

  it("cuts a short cue by a little rather than showing two as one", () => {
    const cues = plainCues([segment("yes", 1000, 1300), segment("and then", 1290, 3000)]);
    expect(cues.map(({ endMs }) => endMs)).toEqual([1290, 3000]);
  });

  it.each([
    ["zero", 1000],
    ["negative", 400],
  ])("gives a segment of %s length a least length", (_, endMs) => {
    const [cue] = plainCues([segment("a", 1000, endMs)]);
    expect(cue).toMatchObject({ startMs: 1000, endMs: 1000 + LEAST_CUE_MS });
  });

  it("gives it only the room there is", () => {
    const cues = plainCues([segment("a", 1000, 1000), segment("b", 1400, 2000)]);
    expect(cues.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [1000, 1400],
      [1400, 2000],
    ]);
  });

  it("has no cue before the recording", () => {
    expect(plainCues([segment("a", -300, 900)])).toMatchObject([{ startMs: 0, endMs: 900 }]);
  });

  it("never overlaps, never goes back, never flashes by with no length", () => {
    fc.assert(
      fc.property(fc.oneof(crowded, spread), (segments) => {
        let freeFromMs = 0;
        for (const { startMs, endMs } of plainCues(segments)) {
          expect(startMs).toBeGreaterThanOrEqual(freeFromMs);
          expect(endMs).toBeGreaterThan(startMs);
          freeFromMs = endMs;
        }
      }),
    );
  });

  it("shows every line of every segment, in order", () => {
    fc.assert(
      fc.property(fc.oneof(crowded, spread), (segments) => {
        expect(plainCues(segments).flatMap(({ lines }) => lines)).toEqual(
          sortSegments(segments).flatMap(({ text }) => textLines(text)),
        );
      }),
    );
  });
});

describe("createPlainCues", () => {
  it("gives a cue as soon as the next one is known", () => {
    const maker = createPlainCues();
    expect(maker.add(segment("a", 0, 1000))).toEqual([]);
    expect(maker.add(segment("b", 1500, 2000))).toMatchObject([{ lines: ["a"] }]);
    expect(maker.end()).toMatchObject([{ lines: ["b"] }]);
    expect(maker.end()).toEqual([]);
  });

  it("stays legal and complete when segments come late", () => {
    fc.assert(
      fc.property(crowded, (segments) => {
        const maker = createPlainCues();
        const cues = [...segments.flatMap((late) => maker.add(late)), ...maker.end()];
        cues.reduce((freeFromMs, { startMs, endMs }) => {
          expect(startMs).toBeGreaterThanOrEqual(freeFromMs);
          expect(endMs).toBeGreaterThan(startMs);
          return endMs;
        }, 0);
        expect(cues.flatMap(({ lines }) => lines)).toEqual(
          segments.flatMap(({ text }) => textLines(text)),
        );
      }),
    );
  });
});
