import { describe, expect, it } from "vitest";
import { charactersOf, columnsOf, readingMs, readingSpeed } from "../../src/subtitles/measure.ts";
import { insideLine, punctuated } from "../../src/subtitles/punctuation.ts";
import { netflixEn } from "../../src/subtitles/styles/netflix-en.ts";
import { netflixZh } from "../../src/subtitles/styles/netflix-zh.ts";

describe("charactersOf", () => {
  it.each([
    ["你好", 2, 4],
    ["Kubernetes", 5, 10],
    ["用 Python 写", 6, 12],
    ["你好，世界。", 6, 12],
    ["“好”", 3, 4],
    ["ｶﾀｶﾅ", 2, 4],
    ["안녕", 2, 4],
    ["👨‍👩‍👧‍👦", 1, 2],
    ["🏖️", 1, 2],
    ["e\u0301a\u200d", 1, 2],
    ["𠀀", 1, 2],
    ["", 0, 0],
  ])("%s: %d in Chinese, %d in English", (text, chinese, english) => {
    expect(charactersOf(text, netflixZh)).toBe(chinese);
    expect(charactersOf(text, netflixEn)).toBe(english);
  });

  it("measures a text as its parts", () => {
    const text = "今天我们用Kubernetes部署“微服务”🎆，好吗？";
    const parts = Array.from(text).reduce((sum, part) => sum + columnsOf(part, 2), 0);
    expect(columnsOf(text, 2)).toBe(parts);
  });
});

describe("readingSpeed", () => {
  it("counts blanks and marks, and both lines", () => {
    expect(readingSpeed(["大家好，", "a b"], 1000, netflixZh)).toBe(5.5);
  });

  it("is held by the time that readingMs says", () => {
    const columns = columnsOf("今天我们要讨论的是人工智能", 2);
    expect(
      readingSpeed(["今天我们要讨论的是人工智能"], readingMs(columns, netflixZh), netflixZh),
    ).toBeLessThanOrEqual(9);
  });
});

describe("punctuation", () => {
  it.each([
    ["大家好，", "大家好"],
    ["大家好。", "大家好"],
    ["苹果、", "苹果"],
    ["你好.", "你好"],
    ["你好,", "你好"],
    ["真的吗？", "真的吗？"],
    ["我想……", "我想……"],
    ["等等...", "等等..."],
    ["用 Python.", "用 Python."],
    ["第一，第二", "第一，第二"],
    ["，", "，"],
  ])("drop: %s", (text, shown) => {
    expect(punctuated(text, "drop")).toBe(shown);
    expect(punctuated(text, "keep")).toBe(text);
  });

  it("puts blanks in their place inside a line, but not before what closes", () => {
    expect(insideLine("第一，第二。第三", "blank")).toBe("第一 第二 第三");
    expect(insideLine("“好，我来。”然后", "blank")).toBe("“好 我来”然后");
    expect(insideLine("苹果、香蕉", "blank")).toBe("苹果、香蕉");
    expect(insideLine("第一，第二", "drop")).toBe("第一，第二");
  });
});
