import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTimeMap } from "../../../src/transcript/timing/time-map.ts";

const map = createTimeMap([
  { startMs: 1000, endMs: 3000 },
  { startMs: 5000, endMs: 6000 },
]);

const pieces = fc
  .array(fc.tuple(fc.nat({ max: 50 }), fc.integer({ min: 1, max: 50 })), { minLength: 1 })
  .map((lengths) => {
    let endMs = 0;
    return lengths.map(([gapMs, lengthMs]) => {
      const startMs = endMs + gapMs;
      endMs = startMs + lengthMs;
      return { startMs, endMs };
    });
  });

describe("times of a part", () => {
  it("run on over what was left out", () => {
    expect(map.lengthMs).toBe(3000);
    expect(map.startAt(500)).toBe(1500);
    expect(map.startAt(2500)).toBe(5500);
  });

  it("at a seam begin in the later stretch and end in the earlier", () => {
    expect(map.startAt(2000)).toBe(5000);
    expect(map.endAt(2000)).toBe(3000);
  });

  it("stay within the part, whatever a vendor says", () => {
    expect(map.startAt(-20)).toBe(1000);
    expect(map.endAt(9999)).toBe(6000);
    expect(map.startAt(9999)).toBe(6000);
  });

  it("of something empty at a seam do not go backwards", () => {
    expect(map.interval({ startMs: 2000, endMs: 2000 })).toEqual({ startMs: 5000, endMs: 5000 });
  });

  it.each([
    ["that begins just before a seam begins behind it", [1800, 2500], [5000, 5500]],
    ["that ends just behind a seam ends before it", [500, 2200], [1500, 3000]],
    ["on one side of a seam stays where it is", [1800, 2000], [2800, 3000]],
    ["on the other side as well", [2000, 2100], [5000, 5100]],
    ["around nothing but a seam stays with what follows", [1900, 2100], [5000, 5100]],
    ["well over a seam covers what was left out", [1699, 2301], [2699, 5301]],
    ["at the ends of the part is not cut", [0, 3000], [1000, 6000]],
  ])("with silence around seams: something %s", (_, [startMs = 0, endMs = 0], [from, to]) => {
    expect(map.interval({ startMs, endMs }, 300)).toEqual({ startMs: from, endMs: to });
  });

  it("never go backwards, however much silence there is around seams", () => {
    const times = fc.tuple(fc.nat({ max: 600 }), fc.nat({ max: 600 }), fc.nat({ max: 600 }));
    fc.assert(
      fc.property(pieces, times, fc.nat({ max: 60 }), (stretches, cuts, silenceMs) => {
        const found = createTimeMap(stretches);
        const [a = 0, b = 0, c = 0] = cuts
          .map((ms) => Math.min(ms, found.lengthMs))
          .sort((x, y) => x - y);
        const before = found.interval({ startMs: a, endMs: b }, silenceMs);
        const after = found.interval({ startMs: b, endMs: c }, silenceMs);
        const [first, last] = [stretches[0], stretches.at(-1)];
        expect(before.startMs).toBeGreaterThanOrEqual(first?.startMs ?? 0);
        expect(before.startMs).toBeLessThanOrEqual(before.endMs);
        expect(before.endMs).toBeLessThanOrEqual(after.startMs);
        expect(after.endMs).toBeLessThanOrEqual(last?.endMs ?? 0);
      }),
    );
  });

  it("of speech over a seam do not cover the silence that was left out", () => {
    expect(map.stretches({ startMs: 1500, endMs: 2400 })).toEqual([
      { startMs: 2500, endMs: 3000 },
      { startMs: 5000, endMs: 5400 },
    ]);
    expect(map.stretches({ startMs: 0, endMs: 2000 })).toEqual([{ startMs: 1000, endMs: 3000 }]);
    expect(map.stretches({ startMs: 2900, endMs: 9000 })).toEqual([{ startMs: 5900, endMs: 6000 }]);
  });

  it("lead each sample back to where it was taken from, in order", () => {
    fc.assert(
      fc.property(pieces, (stretches) => {
        const found = createTimeMap(stretches);
        let partMs = 0;
        for (const { startMs, endMs } of stretches) {
          for (let atMs = startMs; atMs < endMs; atMs++) {
            expect(found.startAt(partMs++)).toBe(atMs);
            expect(found.endAt(partMs)).toBe(atMs + 1);
          }
        }
        expect(partMs).toBe(found.lengthMs);
        expect(found.stretches({ startMs: 0, endMs: partMs })).toEqual(stretches);
      }),
    );
  });
});
