import { describe, expect, it } from "vitest";
import { tableText } from "../../src/terminal/table.ts";
import { displayWidth, shortenMiddle } from "../../src/terminal/width.ts";

describe("a table", () => {
  it("lets numbers end below each other", () => {
    const rows = [
      ["NAME", "SIZE", "WHY"],
      ["a", "5", "because"],
      ["long", "1234", ""],
    ];
    expect(tableText(rows, { right: new Set([1]) })).toBe(
      "NAME  SIZE  WHY\na        5  because\nlong  1234\n",
    );
  });

  it("counts the columns that Chinese takes", () => {
    expect(
      tableText([
        ["会议.wav", "1"],
        ["talk.wav", "2"],
      ]),
    ).toBe("会议.wav  1\ntalk.wav  2\n");
    expect(
      tableText([
        ["会议录音", "1"],
        ["ab", "2"],
      ]),
    ).toBe("会议录音  1\nab        2\n");
  });

  it("lets a row that ends early run on", () => {
    const rows = [
      ["a", "1", "2"],
      ["b", "FAILED: a long reason"],
    ];
    expect(tableText(rows)).toBe("a  1  2\nb  FAILED: a long reason\n");
  });

  it("shows no control characters", () => {
    expect(tableText([["a\u001b[2Jb\nc", "1"]])).toBe("a[2Jb c  1\n");
  });
});

describe("the width of a text", () => {
  it.each([
    ["talk.wav", 8],
    ["会议", 4],
    ["ｗａｖ", 6],
    ["e\u0301", 1],
    ["☕", 2],
    ["", 0],
  ])("of %j is %d columns", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it.each([
    ["talk.wav", 8, "talk.wav"],
    ["a-long-recording.wav", 12, "a-lon…ng.wav"],
    ["会议录音文件名很长.wav", 12, "会议…长.wav"],
    ["会议录音", 5, "会…音"],
  ])("of %j within %d columns gives %j", (text, columns, expected) => {
    const short = shortenMiddle(text, columns);
    expect(displayWidth(short)).toBeLessThanOrEqual(columns);
    expect(short).toBe(expected);
  });
});
