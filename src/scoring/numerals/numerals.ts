/**
 * Numbers in one form: Arabic digits. They are the canonical form since a number has several Chinese
 * readings (二零二四, 两千零二十四) and one value.
 *
 * Changed is what must be a number: with units (一百二十三), three or more digits or one with 零
 * (二零二四, 幺幺零), decimals (三点一四), parts of a hundred (百分之五), and a single digit only
 * after 第 or before a measure word (两个, 第三). Two digits side by side (三四个) say "three or four"
 * and stay, as do fractions (三分之一), weekdays and idioms.
 */
import { spelledDigits, unitNumber } from "./chinese-number.ts";
import { IDIOMS } from "./idioms.ts";

const SPELLED = "[零〇一二三四五六七八九]";
const NUMERAL = "[零〇一二三四五六七八九两兩十百千万萬亿億幺]";

/** What a number counts, as far as 一 before it is one of them and no part of a phrase. */
const AFTER_ONE = "[个個年月号號天岁歲次位名米点點]|小[时時]|分[钟鐘]|公[里斤]";

/** After greater digits more words can only be measures. */
const AFTER_OTHERS =
  `${AFTER_ONE}|[日元块塊人件条條只隻本张張台臺辆輛楼樓层層家间間杯瓶份页頁章节節课課秒种種项項倍斤吨噸周週]` +
  "|公分|[厘毫]米|平方|立方|星期|礼拜|禮拜";

const COUNTS_ONE = new RegExp(`^(?:${AFTER_ONE})`, "u");
const COUNTS_OTHERS = new RegExp(`^(?:${AFTER_OTHERS})`, "u");

/** After 点 and 月 a single digit is minutes or a day. */
const TIME_OR_DATE = /^(?:[点點](?=.分)|月(?=.[日号號]))/u;

/** 一点 alone is "a little"; 一次性 counts nothing. */
const NOT_COUNTED = /^(?:一[点點](?![钟鐘半零〇一二三四五六七八九十])|一次性)/u;

const TOKEN = new RegExp(
  [
    `(?:${IDIOMS.join("|")})`,
    `(?<part>[百千])分之(?<share>${NUMERAL}+(?:[点點]${NUMERAL}+)?|\\d+(?:\\.\\d+)?)`,
    `(?<!${NUMERAL}|\\d)(?<whole>${NUMERAL}+)[点點](?<decimals>${SPELLED}+)(?!${NUMERAL}|[点點刻分\\d])`,
    // What is written in both ways side by side (3百二十) is left as it is.
    `(?<!${NUMERAL}|\\d)(?<number>${NUMERAL}+)(?!${NUMERAL}|\\d)`,
    `(?<![\\d.千万萬亿億])(?<arabic>\\d+(?:\\.\\d+)?)(?<units>[千万萬亿億]+)(?!${NUMERAL}|\\d)`,
  ].join("|"),
  "gu",
);

const PARTS = new Map([
  ["百", "%"],
  ["千", "‰"],
]);

const ARABIC_UNITS = new Map([
  ["千", 3],
  ["万", 4],
  ["萬", 4],
  ["亿", 8],
  ["億", 8],
]);

function wholeNumber(text: string): string | undefined {
  return unitNumber(text) ?? spelledDigits(text);
}

function decimal(whole: string, decimals: string): string | undefined {
  const before = wholeNumber(whole);
  const after = spelledDigits(decimals);
  return before === undefined || after === undefined ? undefined : `${before}.${after}`;
}

function share(text: string): string | undefined {
  if (/^\d/.test(text)) return text;
  const [whole = "", decimals] = text.split(/[点點]/u);
  if (decimals !== undefined) return decimal(whole, decimals);
  return text === "百" ? "100" : wholeNumber(text);
}

/** A single digit is a number only where it counts something. */
function singleDigit(number: string, before: string, after: string): string | undefined {
  const measures = number === "一" ? COUNTS_ONE : COUNTS_OTHERS;
  const counts =
    before === "第" ||
    (measures.test(after) && !NOT_COUNTED.test(number + after)) ||
    TIME_OR_DATE.test(before + number + after);
  return counts ? unitNumber(number) : undefined;
}

function severalCharacters(number: string, after: string): string | undefined {
  const units = unitNumber(number);
  if (units !== undefined) return units;
  const isSpelled = number.length > 2 || /[零〇]/u.test(number) || after.startsWith("年");
  // 两 is never spelled: 三三两两 is no number.
  return isSpelled && !/[两兩]/u.test(number) ? spelledDigits(number) : undefined;
}

/** "3.5" and "亿" as 350000000, without a float's rounding. */
function timesTen(number: string, power: number): string {
  const [whole = "", decimals = ""] = number.split(".");
  const moved = whole + decimals.slice(0, power).padEnd(power, "0");
  const left = decimals.slice(power);
  const plain = moved.replace(/^0+(?=\d)/, "");
  return left === "" ? plain : `${plain}.${left}`;
}

/** What was found, by the names in {@link TOKEN}; an idiom has none. */
type Found = Readonly<Record<string, string | undefined>>;

function numberOf(found: Found, before: string, after: string): string | undefined {
  const { part, share: shared = "", whole, decimals = "", number, arabic, units = "" } = found;
  if (part !== undefined) {
    const value = share(shared);
    return value === undefined ? undefined : `${value}${PARTS.get(part)}`;
  }
  if (whole !== undefined) return decimal(whole, decimals);
  if (arabic !== undefined) {
    const powers = Array.from(units, (unit) => ARABIC_UNITS.get(unit) ?? 0);
    return timesTen(
      arabic,
      powers.reduce((sum, power) => sum + power, 0),
    );
  }
  if (number === undefined) return undefined;
  if (number.length > 1) return severalCharacters(number, after);
  return singleDigit(number, before, after);
}

/** The numbers of a text in Arabic digits, without separators of thousands; "5 %" loses its space. */
export function arabicNumerals(text: string): string {
  const plain = text.replace(/(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])/g, (number) =>
    number.replaceAll(",", ""),
  );
  return plain
    .replace(TOKEN, (...found) => {
      const groups = found.at(-1) as Found;
      const offset = found.at(-3) as number;
      const end = offset + found[0].length;
      const before = plain.slice(Math.max(0, offset - 1), offset);
      return numberOf(groups, before, plain.slice(end, end + 3)) ?? found[0];
    })
    .replace(/(\d)\s+(?=[%‰])/g, "$1");
}
