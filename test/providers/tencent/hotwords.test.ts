import { describe, expect, it } from "vitest";
import { AsrError } from "../../../src/errors.ts";
import { hotwordList, hotwordListProblem } from "../../../src/providers/tencent/hotwords.ts";

const han = (count: number) => "语".repeat(count);

describe("hotwords for Tencent", () => {
  it("are written as the document's example", () => {
    const hotwords = [
      { text: "腾讯云", weight: 10 },
      { text: "语音识别", weight: 5 },
      { text: "ASR", weight: 10 },
    ];
    expect(hotwordList(hotwords)).toBe("腾讯云|10,语音识别|5,ASR|10");
  });

  it("weigh 10 where nobody says", () => {
    expect(hotwordList([{ text: "C++ & C#" }])).toBe("C++ & C#|10");
  });

  it.each([
    ["a divider", { text: "a|b" }],
    ["a comma", { text: "a,b" }],
    ["nothing", { text: " " }],
    ["31 characters", { text: "x".repeat(31) }],
    ["11 Chinese characters", { text: han(11) }],
    ["weight 0", { text: "a", weight: 0 }],
    ["weight 12", { text: "a", weight: 12 }],
    ["weight 99", { text: "a", weight: 99 }],
    ["weight 1.5", { text: "a", weight: 1.5 }],
  ])("are refused with %s", (_, hotword) => {
    expect(() => hotwordList([hotword])).toThrow(AsrError);
    try {
      hotwordList([hotword]);
    } catch (error) {
      expect(error).toMatchObject({ kind: "usage", exitCode: 2 });
    }
  });

  it.each([
    { text: "x".repeat(30) },
    { text: han(10) },
    { text: "a", weight: 1 },
    { text: "a", weight: 11 },
    { text: "a", weight: 100 },
  ])("are taken up to their limits: %j", (hotword) => {
    expect(hotwordListProblem(hotwordList([hotword]))).toBeUndefined();
  });

  it("are 128 at most", () => {
    const words = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ text: `w${index}` }));
    expect(hotwordList(words(128)).split(",")).toHaveLength(128);
    expect(() => hotwordList(words(129))).toThrow(/128/);
  });
});
