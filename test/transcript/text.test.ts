import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinTexts, singleLine, textLines } from "../../src/transcript/text.ts";
import { anyText } from "./arbitraries.ts";

describe("joinTexts", () => {
  it.each([
    [["Hello", "world."], "Hello world."],
    [["你好。", "世界"], "你好。世界"],
    [["今天", "天气"], "今天天气"],
    [["用", "Python", "写"], "用 Python 写"],
    [["こんにちは", "カー", "です"], "こんにちはカーです"],
    [["안녕하세요", "여러분"], "안녕하세요 여러분"],
    [["他说", "「好」", "（笑）"], "他说「好」（笑）"],
    [["他说：“好。”", "“走吧……”", "走"], "他说：“好。”“走吧……”走"],
    [["He said “yes”", "“no”…", "and"], "He said “yes” “no”… and"],
    [["مرحبا", "بالعالم"], "مرحبا بالعالم"],
    [["𠀀", "𠀁"], "𠀀𠀁"],
    [["好", "👍"], "好 👍"],
    [["完成。", "OK"], "完成。 OK"],
  ])("joins %j into %s", (texts, text) => {
    expect(joinTexts(texts)).toBe(text);
  });

  it("takes blanks at the seams for one space and leaves blank texts out", () => {
    expect(joinTexts([" Hello ", "", " \n", " world"])).toBe("Hello world");
  });

  it("treats line breaks inside a text as seams", () => {
    expect(joinTexts(["one\ntwo", "三\r\n四"])).toBe("one two 三四");
  });

  it("keeps every character that is not white space, in order", () => {
    const visible = (text: string) => text.replace(/[\s\u001c-\u001e\u0085]/g, "");
    fc.assert(
      fc.property(fc.array(anyText), (texts) => {
        expect(visible(joinTexts(texts))).toBe(visible(texts.join(" ")));
      }),
    );
  });
});

describe("textLines", () => {
  it("drops blank lines and trims the others", () => {
    expect(textLines("\n one \r\n\r\n\u3000\n\ttwo\n\n")).toEqual(["one", "two"]);
  });

  it("breaks where any reader would break", () => {
    expect(textLines("a\u2028b\u2029c\u0085d\ve\ff\rg\u001ch")).toEqual([..."abcdefgh"]);
  });

  it("takes out control characters, so that no text moves a cursor", () => {
    expect(textLines("\u001b[2Jx\u0000y\u009b1mz\u007f")).toEqual(["[2Jxy1mz"]);
  });

  it("keeps joiners and directional marks, which change how a text looks", () => {
    const text = "👩‍👧 \u200eabc\u200f";
    expect(textLines(text)).toEqual([text]);
  });

  it("replaces lone surrogates, which UTF-8 can't hold", () => {
    expect(textLines("a\ud800b")).toEqual(["a\ufffdb"]);
  });
});

describe("singleLine", () => {
  it("puts a space for each line break and tab", () => {
    expect(singleLine("one\n\ntwo\tthree")).toBe("one two three");
  });

  it("is empty for what shows nothing", () => {
    expect(singleLine("\n \u0000\n")).toBe("");
  });
});
