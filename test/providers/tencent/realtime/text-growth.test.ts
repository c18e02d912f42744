import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TextGrowth } from "../../../../src/providers/tencent/realtime/text-growth.ts";

/** Takes one text a second. */
function grown(...texts: readonly string[]) {
  const growth = new TextGrowth();
  for (const [index, text] of texts.entries()) growth.take(text, index * 1000, (index + 1) * 1000);
  return growth.segments();
}

const at = (text: string, startMs: number, endMs: number) => ({
  text,
  startMs,
  endMs,
  approximate: true,
});

describe("times of a text that grows", () => {
  it("are those of the audio that brought it, sentence by sentence", () => {
    expect(grown("", "你好", "你好。", "你好。", "你好。再见。")).toEqual([
      at("你好。", 1000, 3000),
      at("再见。", 4000, 5000),
    ]);
  });

  it("are spread over the characters that came together", () => {
    expect(grown("一二。三四。")).toEqual([at("一二。", 0, 500), at("三四。", 500, 1000)]);
  });

  it("go with what replaces what came before", () => {
    expect(grown("你是", "你好吗", "你好吗？我好。")).toEqual([
      at("你好吗？", 0, 2250),
      at("我好。", 2250, 3000),
    ]);
    expect(grown("完全不同", "天")).toEqual([at("天", 1000, 2000)]);
  });

  it("stay where an answer has no text", () => {
    expect(grown("好", "", "")).toEqual([at("好", 0, 1000)]);
    expect(grown("", "")).toEqual([]);
  });

  it("do not tear numbers, addresses and abbreviations apart", () => {
    const texts = (text: string) => grown(text).map((segment) => segment.text);
    expect(texts("It costs 3.5 at www.example.com... Really? Yes.")).toEqual([
      "It costs 3.5 at www.example.com...",
      "Really?",
      "Yes.",
    ]);
    expect(texts("“走！”他说。")).toEqual(["“走！”", "他说。"]);
  });

  it("never run backwards, and lose no character", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom("a", "好", "。", ".", " ", "?", "1") })),
        (texts) => {
          const segments = grown(...texts);
          const last = texts.findLast((text) => text !== "") ?? "";
          expect(
            segments
              .map(({ text }) => text)
              .join("")
              .replaceAll(" ", ""),
          ).toBe(last.replaceAll(" ", ""));
          let beforeMs = 0;
          for (const { startMs, endMs } of segments) {
            expect(startMs).toBeGreaterThanOrEqual(beforeMs);
            expect(endMs).toBeGreaterThanOrEqual(startMs);
            expect(Number.isInteger(startMs) && Number.isInteger(endMs)).toBe(true);
            beforeMs = startMs;
          }
        },
      ),
    );
  });
});
