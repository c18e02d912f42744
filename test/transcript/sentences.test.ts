import { describe, expect, it } from "vitest";
import { sentencesOf } from "../../src/transcript/sentences.ts";

const cut = (text: string) => sentencesOf(text).map(({ start, end }) => text.slice(start, end));

describe("sentences", () => {
  it.each([
    ["你好。明天见！真的吗？", ["你好。", "明天见！", "真的吗？"]],
    ["Hello there. It is 3.14 today. Bye", ["Hello there.", "It is 3.14 today.", "Bye"]],
    ["他说：“走吧。”然后走了。", ["他说：“走吧。”", "然后走了。"]],
    ["Really?! (Yes.) No…", ["Really?!", "(Yes.)", "No…"]],
    ["混合 mixed. 中文。English", ["混合 mixed.", "中文。", "English"]],
    ["没有标点", ["没有标点"]],
    ["this is a test.明天上午", ["this is a test.", "明天上午"]],
    ["他说 (yes.)“好.”再见", ["他说 (yes.)", "“好.”", "再见"]],
    ["see feishu.cn at 9 a.m. 第一；第二", ["see feishu.cn at 9 a.m.", "第一；", "第二"]],
    ["wait... what\nnew line", ["wait...", "what", "new line"]],
    ["  ", []],
  ])("of %j", (text, expected) => {
    expect(cut(text)).toEqual(expected);
  });
});
