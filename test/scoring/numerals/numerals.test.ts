import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unitNumber } from "../../../src/scoring/numerals/chinese-number.ts";
import { IDIOMS } from "../../../src/scoring/numerals/idioms.ts";
import { arabicNumerals } from "../../../src/scoring/numerals/numerals.ts";

const DIGITS = [..."零一二三四五六七八九"];

/** A number under ten thousand as it is read. */
function readSection(value: number): string {
  let text = "";
  let skipped = false;
  for (const [unit, worth] of [
    ["千", 1000],
    ["百", 100],
    ["十", 10],
    ["", 1],
  ] as const) {
    const digit = Math.floor(value / worth) % 10;
    if (digit === 0) skipped = text !== "";
    else {
      text += `${skipped ? "零" : ""}${DIGITS[digit]}${unit}`;
      skipped = false;
    }
  }
  return text;
}

/** As a speaker of Mandarin reads it, by the rules of school books. */
function read(value: number): string {
  const [high, middle, low] = [Math.floor(value / 1e8), Math.floor(value / 1e4) % 1e4, value % 1e4];
  const zero = (section: number): string => (section > 0 && section < 1000 ? "零" : "");
  let text = high === 0 ? "" : `${readSection(high)}亿`;
  if (middle > 0) text += `${text === "" ? "" : zero(middle)}${readSection(middle)}万`;
  else if (text !== "" && low >= 1000) text += "零";
  if (low > 0) text += `${text === "" ? "" : zero(low)}${readSection(low)}`;
  return text.replace(/^一十/, "十");
}

describe("a Chinese number", () => {
  it("is the value that it is the reading of", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.integer({ min: 10, max: 99_999 }),
          fc.integer({ min: 10, max: 999_999_999_999 }),
        ),
        (value) => unitNumber(read(value)) === String(value),
      ),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["三百五", "350"],
    ["一万二", "12000"],
    ["两千三", "2300"],
    ["三亿五", "350000000"],
    ["一万亿", "1000000000000"],
    ["一百零三", "103"],
    ["一百十五", "115"],
  ])("%s is %s, as it is spoken", (text, value) => {
    expect(unitNumber(text)).toBe(value);
  });

  it.each(["千万", "万一", "三三两两", "二三十", "一二百", "十五六", "一百零", "一五一十", ""])(
    "%s is none",
    (text) => {
      expect(unitNumber(text)).toBeUndefined();
    },
  );
});

describe("numbers in a text", () => {
  it.each([
    ["二零二四年一月十五日", "2024年1月15日"],
    ["一百二十三", "123"],
    ["百分之五", "5%"],
    ["百分之三点五，百分之百", "3.5%，100%"],
    ["千分之三", "3‰"],
    ["三点一四", "3.14"],
    ["零点五", "0.5"],
    ["两个苹果和三本书", "2个苹果和3本书"],
    ["两千两百二十二", "2222"],
    ["第三章第十二节", "第3章第12节"],
    ["下午三点四十五分", "下午3点45分"],
    ["三点零五分", "3点05分"],
    ["三点五分", "3点5分"],
    ["一点钟", "1点钟"],
    ["拨打幺幺零", "拨打110"],
    ["房间三零二", "房间302"],
    ["九八年", "98年"],
    ["十个人", "10个人"],
    ["兩萬五千", "25000"],
    ["12万和3.5亿", "120000和350000000"],
    ["5千万", "50000000"],
    ["1,234,567 and 1,000", "1234567 and 1000"],
    ["5 %", "5%"],
    ["百分之5", "5%"],
  ])("%s is %s", (text, expected) => {
    expect(arabicNumerals(text)).toBe(expected);
  });

  it.each([
    ...IDIOMS,
    "一心一意",
    "千方百计",
    "三心二意",
    "七上八下",
    "三三两两",
    "万一",
    "千万不要",
    "四分五裂",
    "一本正经",
    "五颜六色",
    "半斤八两",
    "九牛一毛",
    "不三不四",
    "乱七八糟",
    "十分好",
    "有一点远",
    "一起一样一些一直",
    "一次性",
    "三四个人",
    "七八十年代",
    "三分之一",
    "星期三",
    "十几",
    "几十",
    "1万2千",
    "1,2,3",
    "version 1.2.3",
  ])("%s stays", (text) => {
    expect(arabicNumerals(text)).toBe(text);
  });

  it("are the same after a second look, for any mixture", () => {
    const unit = fc.constantFrom(..."零一二三四五六七八九十百千万亿两点分之年月日第个1234 %");
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
        const once = arabicNumerals(text);
        expect(arabicNumerals(once)).toBe(once);
      }),
      { numRuns: 3000 },
    );
  });
});
