import { describe, expect, it } from "vitest";
import { chinesePunctuation } from "../../../src/providers/local/punctuation.ts";

describe("Chinese punctuation", () => {
  it.each([
    ["代表,他可以。好吗?", "代表，他可以。好吗？"],
    ["你好, 世界! 再见", "你好，世界！再见"],
    ["如下:一;二", "如下：一；二"],
    ["IBM, 沃森", "IBM, 沃森"],
    ["1,000 个,3:30", "1,000 个，3:30"],
    ["他说“好”,走了", "他说“好”，走了"],
    ["Hello, world!", "Hello, world!"],
  ])("%s is set as %s", (text, set) => {
    expect(chinesePunctuation(text)).toBe(set);
  });
});
