/** Chinese numbers as Arabic ones. */

const DIGITS = new Map(
  Array.from("零〇一二三四五六七八九", (digit, index) => [digit, Math.max(0, index - 1)] as const),
)
  .set("两", 2)
  .set("兩", 2)
  .set("幺", 1);

const DIGIT = "[一二三四五六七八九两兩]";

// A number under ten thousand: thousands, hundreds, tens and ones, 零 for what is skipped.
const SECTION = new RegExp(
  `^零?(?:(?<thousands>${DIGIT})千)?零?(?:(?<hundreds>${DIGIT})百)?零?` +
    `(?:(?<tens>[一二三四五六七八九]?)十)?(?<skipped>零?)(?<ones>${DIGIT}?)$`,
  "u",
);

/** The value of one digit; undefined for any other text. */
function digitOf(character: string): number | undefined {
  return DIGITS.get(character);
}

/** Digits read one by one ("二零二四"). */
export function spelledDigits(text: string): string | undefined {
  const digits = Array.from(text, digitOf);
  return digits.includes(undefined) ? undefined : digits.join("");
}

/** Of "三百五" and "一万二" the last digit counts the next lower unit. */
function lastUnit(text: string, unit: number): number {
  return /[千百]$/u.test(text.slice(0, -1)) ? (text.at(-2) === "千" ? 100 : 10) : unit;
}

function sectionValue(text: string): number | undefined {
  const { groups } = SECTION.exec(text) ?? {};
  if (groups === undefined || text === "" || text.endsWith("零")) return undefined;
  const { thousands = "", hundreds = "", tens, ones = "" } = groups;
  const digit = (character: string): number => digitOf(character) ?? 0;
  // A bare 十 is ten.
  const ten = tens === undefined ? 0 : tens === "" ? 1 : digit(tens);
  const one = ones === "" ? 0 : digit(ones) * lastUnit(text, 1);
  return digit(thousands) * 1000 + digit(hundreds) * 100 + ten * 10 + one;
}

const UNITS = [
  [/[亿億]/u, 1e8],
  [/[万萬]/u, 1e4],
] as const;

function amountOf(text: string): number | undefined {
  for (const [unit, worth] of UNITS) {
    const at = text.search(unit);
    if (at === -1) continue;
    // 一万亿 is ten thousand times 亿: the last one counts.
    const place = worth === 1e8 ? Math.max(text.lastIndexOf("亿"), text.lastIndexOf("億")) : at;
    const many = amountOf(text.slice(0, place));
    const rest = text.slice(place + 1);
    if (many === undefined || many === 0) return undefined;
    if (rest === "") return many * worth;
    const isBare = rest.length === 1 && digitOf(rest) !== undefined;
    const few = isBare ? ((digitOf(rest) ?? 0) * worth) / 10 : amountOf(rest);
    return few === undefined || few === 0 || few >= worth ? undefined : many * worth + few;
  }
  return sectionValue(text);
}

/**
 * A whole number with its units: "一百二十三" is 123, "两万五" is 25000.
 *
 * @returns undefined for what nobody reads as one number ("三三两两", "二三十", "千万")
 */
export function unitNumber(text: string): string | undefined {
  const value = text.startsWith("零") ? undefined : amountOf(text);
  return value === undefined ? undefined : String(value);
}
