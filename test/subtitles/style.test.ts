import { describe, expect, it } from "vitest";
import { minGapMs, withOverrides } from "../../src/subtitles/style.ts";
import { netflixEn } from "../../src/subtitles/styles/netflix-en.ts";
import { netflixZh } from "../../src/subtitles/styles/netflix-zh.ts";
import { defaultStyle, STYLES, styleNamed } from "../../src/subtitles/styles/table.ts";

describe("defaultStyle", () => {
  it.each(["zh", "zh-CN", "ZH-hant-TW", "yue", "wuu", "ja", "ja-JP", "ko"])("%s", (language) => {
    expect(defaultStyle(language, "hello").id).toBe("netflix-zh");
  });

  it.each(["en", "en-GB", "fr", "de", "vi", "th", "ar"])("%s", (language) => {
    expect(defaultStyle(language, "你好").id).toBe("netflix-en");
  });

  it.each([
    ["你好，世界", "netflix-zh"],
    ["我们用 Kubernetes 和 Docker 部署", "netflix-zh"],
    ["文档在https://example.com/a/very/long/address/that/is/english", "netflix-zh"],
    ["こんにちは", "netflix-zh"],
    ["안녕하세요", "netflix-zh"],
    ["the word 你好 means hello in Chinese", "netflix-en"],
    ["Привет, как дела?", "netflix-en"],
    ["1234", "netflix-en"],
    ["", "netflix-en"],
  ])("without a language the script tells: %s", (text, id) => {
    expect(defaultStyle(undefined, text).id).toBe(id);
    expect(defaultStyle("auto", text).id).toBe(id);
  });
});

describe("styles", () => {
  it("have names of their own", () => {
    expect(new Set(STYLES.map(({ id }) => id)).size).toBe(STYLES.length);
    for (const style of STYLES) expect(styleNamed(style.id)).toBe(style);
  });

  it("say which there are when one is not known", () => {
    expect(() => styleNamed("netflix")).toThrow("unknown subtitle style: netflix");
  });

  it.each([
    [25, 80],
    [24, 83],
    [23.976, 83],
    [30, 66],
    [50, 40],
  ])("count two frames at %d a second as %d ms", (fps, ms) => {
    expect(minGapMs(withOverrides(netflixZh, { fps }))).toBe(ms);
  });

  it("give way where a duration of the user's leaves their own no room", () => {
    const long = withOverrides(netflixZh, { minDurationMs: 8000 });
    expect([long.minDurationMs, long.maxDurationMs]).toEqual([8000, 8000]);
    const short = withOverrides(netflixZh, { maxDurationMs: 500 });
    expect([short.minDurationMs, short.maxDurationMs]).toEqual([500, 500]);
    const free = withOverrides(netflixZh, { minDurationMs: 1000 });
    expect([free.minDurationMs, free.maxDurationMs]).toEqual([1000, 7000]);
  });

  it("let a gap in time go before one in frames", () => {
    expect(minGapMs(withOverrides(netflixEn, { fps: 24, minGapMs: 120 }))).toBe(120);
  });
});
