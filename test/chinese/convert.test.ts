import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChineseScript } from "../../src/chinese/convert.ts";
import { loadChineseConverter } from "../../src/chinese/convert.ts";

const SCRIPTS: readonly ChineseScript[] = ["simplified", "traditional", "taiwan", "hongkong"];

/** What a text is in each script, in the order of SCRIPTS; any of them is a source of any. */
const ALIKE: readonly (readonly string[])[] = [
  ["这里说的头发", "這裏說的頭髮", "這裡說的頭髮", "這裏説的頭髮"],
  ["发展中国家", "發展中國家", "發展中國家", "發展中國家"],
  ["皇后在后面站着", "皇后在後面站着", "皇后在後面站著", "皇后在後面站着"],
  ["他吃干净了面条", "他喫乾淨了麪條", "他吃乾淨了麵條", "他吃乾淨了麪條"],
  ["显著的著作，写着台湾", "顯著的著作，寫着臺灣", "顯著的著作，寫著臺灣", "顯著的著作，寫着台灣"],
  ["卫生队的群众", "衛生隊的羣衆", "衛生隊的群眾", "衞生隊的羣眾"],
];

describe.each(SCRIPTS)("to %s", (to) => {
  it.each(ALIKE)("from any script: %s", async (...forms) => {
    const convert = await loadChineseConverter(to);
    expect(forms.map(convert)).toEqual(forms.map(() => forms[SCRIPTS.indexOf(to)]));
  });

  it("leaves all else as it is", async () => {
    const convert = await loadChineseConverter(to);
    const other = fc.string({ unit: "grapheme" }).filter((text) => !/\p{Script=Han}/u.test(text));
    fc.assert(fc.property(other, (text) => convert(text) === text));
  });

  it("keeps the words that a region would not use, for they were said", async () => {
    const convert = await loadChineseConverter(to);
    const simplified = await loadChineseConverter("simplified");
    expect(simplified(convert("鼠标和软件，网络"))).toBe("鼠标和软件，网络");
  });
});

it("does not take what simplified text needs to traditional text", async () => {
  const convert = await loadChineseConverter("taiwan");
  expect(convert("萬里長城，丑時，請勿干預")).toBe("萬里長城，丑時，請勿干預");
  expect(convert("万里长城，在这里，干预")).toBe("萬里長城，在這裡，干預");
});
