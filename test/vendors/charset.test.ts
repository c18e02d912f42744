import { describe, expect, it } from "vitest";
import { type Charset, encodeText } from "./tencent/charset.ts";

describe("Text in Tencent's four encodings", () => {
  it.each([
    ["utf-8", "你好", "e4bda0e5a5bd"],
    ["gb2312", "你好", "c4e3bac3"],
    ["gbk", "你好語", "c4e3bac3d55a"],
    ["big5", "你好", "a741a66e"],
    ["big5", "十卅", "a451a4ca"],
    ["gbk", "。，A", "a1a3a3ac41"],
  ] as const)("%s of %s", (charset, text, hex) => {
    expect(encodeText(text, charset).toString("hex")).toBe(hex);
  });

  it.each(["gb2312", "gbk", "big5"] as const)("%s comes back from TextDecoder", (charset) => {
    const decoder = new TextDecoder(charset, { fatal: true });
    let count = 0;
    for (let point = 0x80; point < 0x10000; point += 1) {
      if (point >= 0xd800 && point < 0xe000) continue;
      const character = String.fromCodePoint(point);
      const bytes = encodeText(character, charset);
      if (bytes.toString("latin1") === "?") continue;
      count += 1;
      if (decoder.decode(bytes) !== character) expect.fail(`U+${point.toString(16)} is lost`);
    }
    expect(count).toBeGreaterThanOrEqual(REPERTOIRE[charset]);
  });

  it("lacks what the encoding lacks", () => {
    expect(encodeText("語😀€", "gb2312").toString("latin1")).toBe("???");
    expect(encodeText("语", "big5").toString("latin1")).toBe("?");
  });
});

/** Characters beyond ASCII of each encoding, at least: a few differ between versions of ICU. */
const REPERTOIRE: Readonly<Record<Exclude<Charset, "utf-8">, number>> = {
  gb2312: 7445,
  gbk: 21_790,
  big5: 13_450,
};
