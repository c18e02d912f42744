import { describe, expect, it } from "vitest";
import {
  compressionRatio,
  MAX_COMPRESSION_RATIO,
  repeatedEnd,
} from "../../../src/providers/local/repetition.ts";

const times = (count: number, phrase: readonly number[]) => Array(count).fill(phrase).flat();

describe("a loop", () => {
  it("is one token again and again", () => {
    expect(repeatedEnd([1, 2, ...times(24, [7])])).toEqual({ start: 2, period: 1 });
  });

  it("is a phrase again and again, also if the last is not whole", () => {
    expect(repeatedEnd([1, ...times(4, [2, 3, 4, 5, 6, 7])])).toEqual({ start: 1, period: 6 });
    expect(repeatedEnd([1, ...times(5, [2, 3, 4, 5, 6]), 2, 3])).toEqual({ start: 1, period: 5 });
  });

  it.each([
    ["no no no no no no", times(6, [7, 8])],
    ["a sentence three times", times(3, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])],
    ["a loop that has ended", [...times(30, [7]), 1, 2, 3]],
    ["nothing", []],
  ])("is not: %s", (_, tokens) => {
    expect(repeatedEnd(tokens)).toBeUndefined();
  });
});

describe("the compression ratio", () => {
  it("tells text from a text that repeats itself, in English and Chinese", () => {
    const english = "And Mr. John Dashwood had then leisure to consider how much there might be.";
    const chinese = "沃森是认知计算技术的杰出代表，它可以像人类一样思考，积累经验，不断学习。";
    for (const text of [english, chinese]) {
      expect(compressionRatio(text)).toBeLessThan(MAX_COMPRESSION_RATIO);
      expect(compressionRatio(text.repeat(6))).toBeGreaterThan(MAX_COMPRESSION_RATIO);
    }
    expect(compressionRatio("")).toBe(0);
  });
});
