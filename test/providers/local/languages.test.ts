import { describe, expect, it } from "vitest";
import {
  chooseLanguage,
  LANGUAGES,
  languageOfToken,
  languageToken,
} from "../../../src/providers/local/languages.ts";

describe("--language", () => {
  it.each([
    ["en", "en"],
    ["EN-us", "en"],
    ["zh-CN", "zh"],
    ["zh-Hans", "zh"],
    ["cmn-Hans-CN", "zh"],
    ["pt-BR", "pt"],
    ["nb", "no"],
    ["fil", "tl"],
    ["jv", "jv"],
    ["haw", "haw"],
  ])("%s is %s", (tag, language) => {
    expect(chooseLanguage(tag, false).language).toBe(language);
  });

  it.each([
    ["zh", "Hans"],
    ["zh-SG", "Hans"],
    ["zh-Hans-HK", "Hans"],
    ["zh-TW", "Hant"],
    ["zh-Hant", "Hant"],
    ["zh-HK", "Hant"],
  ])("%s is written in %s", (tag, script) => {
    expect(chooseLanguage(tag, false).script).toBe(script);
  });

  it("auto leaves the language open", () => {
    expect(chooseLanguage("auto", false).language).toBeUndefined();
  });

  it.each([
    ["english", "en"],
    ["Mandarin Chinese", "zh"],
    ["zhh", "zh"],
    ["germn", "de"],
  ])("%s is refused, with the nearest", (tag, meant) => {
    expect(() => chooseLanguage(tag, false)).toThrow(
      expect.objectContaining({
        kind: "usage",
        details: expect.objectContaining({ hint: expect.stringContaining(`"${meant}"`) }),
      }),
    );
  });

  it.each(["yue", "constructor", ""])("%j is refused", (tag) => {
    expect(() => chooseLanguage(tag, false)).toThrow(expect.objectContaining({ kind: "usage" }));
  });

  it("leaves Cantonese to a model from a folder, which may know it", () => {
    expect(chooseLanguage("yue", true).language).toBe("yue");
  });
});

describe("Whisper's own names", () => {
  it("are found again from their tokens", () => {
    for (const language of LANGUAGES) {
      expect(languageOfToken(languageToken(language))).toBe(language);
    }
  });

  it("call Javanese jw", () => {
    expect(languageToken("jv")).toBe("<|jw|>");
  });

  it("are 99", () => {
    expect(new Set(LANGUAGES).size).toBe(99);
  });
});
