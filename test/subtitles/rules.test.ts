import { describe, expect, it } from "vitest";
import type { Cue } from "../../src/subtitles/cues.ts";
import { checkCues, RULES } from "../../src/subtitles/rules.ts";
import { bbc } from "../../src/subtitles/styles/bbc.ts";
import { netflixEn } from "../../src/subtitles/styles/netflix-en.ts";
import { netflixZh } from "../../src/subtitles/styles/netflix-zh.ts";
import { plain } from "../../src/subtitles/styles/plain.ts";

function cue(startMs: number, endMs: number, ...lines: string[]): Cue {
  return { startMs, endMs, lines };
}

describe("checkCues", () => {
  it("finds nothing in cues that keep to the style", () => {
    const cues = [
      cue(0, 2000, "今天我们要讨论的是人工智能", "在医疗领域的应用"),
      cue(2080, 4000, "大家觉得怎么样？"),
      cue(4500, 6000, "请在评论区告诉我"),
    ];
    expect(checkCues(cues, netflixZh).filter(({ rule }) => rule !== "reading-speed")).toEqual([]);
  });

  it.each([
    ["line-length", netflixZh, [cue(0, 5000, "这一行一共有十七个汉字所以是太长了")], 17, 16],
    ["line-length", netflixEn, [cue(0, 5000, "x".repeat(43))], 43, 42],
    [
      "line-count",
      netflixEn,
      [cue(0, 5000, "one fine line", "two fine lines", "three fine lines")],
      3,
      2,
    ],
    ["duration-positive", netflixEn, [cue(1000, 1000, "hello")], 0, 1],
    ["overlap", netflixEn, [cue(0, 2000, "hello"), cue(1900, 4000, "again")], 100, 0],
    ["min-gap", netflixEn, [cue(0, 2000, "hello"), cue(2040, 4000, "again")], 40, 80],
    ["max-duration", netflixEn, [cue(0, 7001, "hello")], 7001, 7000],
    ["min-duration", netflixEn, [cue(0, 832, "hello")], 832, 833],
    ["reading-speed", netflixZh, [cue(0, 1000, "一秒钟之内有十个汉字")], 10, 9],
    ["short-gap", netflixEn, [cue(0, 2000, "hello"), cue(2200, 4000, "again")], 200, 500],
    ["short-gap", bbc, [cue(0, 2000, "hello"), cue(2900, 4000, "again")], 900, 1000],
    ["needless-break", netflixEn, [cue(0, 2000, "one line", "is quite enough")], 24, 42],
    [
      "orphan",
      netflixEn,
      [cue(0, 5000, "a long first line that takes most of the", "width.")],
      5,
      10,
    ],
    ["orphan", netflixZh, [cue(0, 5000, "第一行已经有十三个汉字这么长", "了。")], 1, 3],
  ] as const)("%s in %o", (rule, style, cues, measured, limit) => {
    const found = checkCues(cues, style).filter((finding) => finding.rule === rule);
    expect(found).toMatchObject([
      { measured, limit, cue: cues.length, atMs: cues.at(-1)?.startMs },
    ]);
  });

  it.each([
    [netflixEn, "and this line ends with the", "word that belongs to what follows"],
    [netflixZh, "我们今天要讨论一下关于", "人工智能在医疗领域的应用"],
  ])("weak-end in %o", (style, ...lines) => {
    expect(checkCues([cue(0, 6000, ...lines)], style)).toMatchObject([
      { rule: "weak-end", line: 1 },
    ]);
  });

  it("punctuation at the end of each line", () => {
    const cues = [cue(0, 5000, "大家好，欢迎收看今天的节目，", "我们马上就要开始了。")];
    expect(checkCues(cues, netflixZh)).toMatchObject([
      { rule: "punctuation", line: 1 },
      { rule: "punctuation", line: 2 },
    ]);
    expect(checkCues(cues, { ...netflixZh, punctuation: "keep" })).toEqual([]);
  });

  it("takes a gap for two frames that another program rounded to milliseconds", () => {
    const cues = [cue(0, 1958, "hello"), cue(2041, 4000, "again")];
    expect(checkCues(cues, { ...netflixEn, fps: 24 })).toEqual([]);
  });

  it("does not weigh the lines of two speakers against each other", () => {
    expect(checkCues([cue(0, 2000, "-Are you coming?", "-No.")], netflixEn)).toEqual([]);
  });

  it("has nothing to say of plain cues but what no player takes", () => {
    const cues = [cue(0, 90_000, "x".repeat(500), "a", "b"), cue(90_000, 90_001, "，")];
    expect(checkCues(cues, plain)).toEqual([]);
    expect(checkCues([cue(0, 2000, "a"), cue(1000, 3000, "b")], plain)).toMatchObject([
      { rule: "overlap", severity: "hard" },
    ]);
  });

  it("tells hard rules from soft ones", () => {
    const hard = RULES.filter(({ severity }) => severity === "hard").map(({ id }) => id);
    expect(hard).toEqual([
      "line-length",
      "line-count",
      "duration-positive",
      "overlap",
      "min-gap",
      "max-duration",
    ]);
  });
});
