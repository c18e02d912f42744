import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TextGrowth } from "../../../src/providers/feishu/growth.ts";

describe("times from growth", () => {
  it("follow the audio in which each sentence came up", () => {
    const growth = new TextGrowth();
    growth.add("", 0, 200);
    growth.add("你好", 200, 400);
    growth.add("你好。", 400, 600);
    growth.add("你好。", 600, 5000);
    growth.add("你好。明天见", 5000, 5200);
    growth.add("你好。明天见。", 5200, 5400);
    expect(growth.segments("你好。明天见。", 6000)).toEqual([
      { text: "你好。", startMs: 200, endMs: 600, approximate: true },
      { text: "明天见。", startMs: 5000, endMs: 5400, approximate: true },
    ]);
  });

  it("keep sentences together that came up at once", () => {
    const growth = new TextGrowth();
    growth.add("One. Two.", 800, 1000);
    expect(growth.segments("One. Two. Three.", 1000)).toEqual([
      { text: "One. Two. Three.", startMs: 800, endMs: 1000, approximate: true },
    ]);
  });

  it("put what came only with the end after the last growth", () => {
    const growth = new TextGrowth();
    growth.add("One.", 0, 200);
    expect(growth.segments("One. Two.", 1000)).toEqual([
      { text: "One.", startMs: 0, endMs: 200, approximate: true },
      { text: "Two.", startMs: 200, endMs: 1000, approximate: true },
    ]);
  });

  it("are the audio's bounds where nothing came before the end", () => {
    expect(new TextGrowth().segments("Yes. No.", 700)).toEqual([
      { text: "Yes. No.", startMs: 0, endMs: 700, approximate: true },
    ]);
  });

  it("survive snapshots that are corrected, shortened and rewritten", () => {
    const growth = new TextGrowth();
    growth.add("he low", 0, 200);
    growth.add("hello", 200, 400);
    growth.add("hello world", 400, 600);
    expect(growth.segments("Hello, world.", 800)).toEqual([
      { text: "Hello, world.", startMs: 0, endMs: 800, approximate: true },
    ]);
  });

  it("never lose text, overlap, or leave the audio, whatever the snapshots", () => {
    const text = fc.array(fc.constantFrom("好", "a", "。", ". ", " ", "?", "“"), { maxLength: 30 });
    fc.assert(
      fc.property(fc.array(text), text, (snapshots, final) => {
        const growth = new TextGrowth();
        snapshots.forEach((letters, index) => {
          growth.add(letters.join(""), index * 200, index * 200 + 200);
        });
        const totalMs = snapshots.length * 200 + 100;
        const whole = final.join("");
        const segments = growth.segments(whole, totalMs);
        const bare = (value: string) => value.replace(/\s+/g, "");
        expect(segments.map((segment) => bare(segment.text)).join("")).toBe(bare(whole));
        let lastMs = 0;
        for (const { startMs, endMs } of segments) {
          expect(startMs).toBeGreaterThanOrEqual(lastMs);
          expect(endMs).toBeGreaterThan(startMs);
          expect(endMs).toBeLessThanOrEqual(totalMs);
          lastMs = endMs;
        }
      }),
    );
  });
});
