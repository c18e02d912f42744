/** Where a line may break, and how well it breaks there. */

import { isDashed } from "../dialogue.ts";
import { betweenWords, COUNTED } from "./between-words.ts";
import { depthsOf, type Stretch } from "./protected.ts";
import type { Token } from "./tokens.ts";

export interface Break {
  /** From 0, the end of a sentence; comparable with the costs of `cut.ts`. */
  readonly cost: number;
  /** "segment": the vendor's segment, without a mark; "turn": another one speaks on a line of his own. */
  readonly ends: "sentence" | "clause" | "segment" | "turn" | "nothing";
}

/** Two units side by side. */
export interface Seam {
  /** First and last word or mark of the unit before. */
  readonly first: Token;
  readonly last: Token;
  readonly blank: string;
  /** What comes after; undefined at the end of the text. */
  readonly next: Token | undefined;
}

// JIS X 4051, 8.1 (kinsoku), and W3C clreq, "Prohibition Rules for Line Start and Line End".
const NOT_AT_START =
  /^[\p{Pe}\p{Pf}!%),.:;?\]}、。〃々〻‐゠–〜～・：；，．！？・ヽヾーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎゕゖㇰ-ㇿ…⋯‥·％℃°‰]/u;
const NOT_AT_END = /[\p{Ps}\p{Pi}([{$€£¥￥＄#＃@＠]$/u;
const OPENS = /^[\p{Ps}\p{Pi}([{]/u;
const DASH = /[—–…⋯]$/u;

const ENDS_IN_NUMBER = /[\p{N}零〇一二三四五六七八九十百千万萬亿億两兩几幾半点點第]$/u;
const STARTS_WITH_NUMBER = /^[\p{N}零〇一二三四五六七八九十百千万萬亿億点點]/u;
/** 第三, 上一次, 每一天. */
const COUNTS_WITH = /^[第上下每前后後这這那某]$/u;
/** "了三": a number that was not told apart from the word before it. */
const ENDS_IN_COUNT = /[二三四五六七八九十百千万萬亿億两兩几幾]$/u;
const HAN_NUMBER = /^[零〇一二三四五六七八九十百千万萬亿億两兩]+$/u;
/** Whether a line may break between two words or marks. */
export function isLegalBreak(text: string, last: Token, blank: string, next: Token): boolean {
  if (isClosing(text, next)) return false;
  if (NOT_AT_START.test(next.text) && !isOpening(text, next, blank)) return false;
  const leans = NOT_AT_END.test(last.text) || isOpening(text, last, "");
  if (leans && !isClosing(text, last)) return false;
  if (blank !== "") return true;
  if (isDashed(last.text) && /^\s?$/.test(text.charAt(last.start - 1))) return false;
  if (last.text === "·") return false; // 约翰·史密斯
  if (last.kind === "mark") return !(isApostrophe(last) && !next.unspaced);
  if (next.kind === "mark") return true;
  if (!last.unspaced && !next.unspaced) return false;
  return !isInNumber(last, next);
}

/** German closes with the mark that English opens with: „so“ and »so«. */
function isClosing(text: string, { text: mark, start, end }: Token): boolean {
  if (!/^[“‘«‹]$/.test(mark)) return false;
  return /^\S$/.test(text.charAt(start - 1)) && /^[\s.,;:!?)]?$/.test(text.charAt(end));
}

/** Straight quotation marks open where a blank, or nothing, stands before them. */
function isOpening(text: string, token: Token, blank: string): boolean {
  if (OPENS.test(token.text)) return true;
  if (!/^["']/.test(token.text)) return false;
  return (
    /^["']+$/.test(token.text) &&
    (blank !== "" || token.start === 0 || /\s/.test(text.charAt(token.start - 1)))
  );
}

function isApostrophe({ text }: Token): boolean {
  return text === "’" || text === "‘";
}

function isInNumber(last: Token, next: Token): boolean {
  const goesOn = STARTS_WITH_NUMBER.test(next.text);
  if (COUNTS_WITH.test(last.text)) return goesOn;
  const isCounted = COUNTED.test(next.text) && next.text.length <= 2;
  const isNumber = last.unspaced ? HAN_NUMBER.test(last.text) : /\p{N}$/u.test(last.text);
  if (!isNumber) return ENDS_IN_COUNT.test(last.text) && isCounted;
  return isCounted || (goesOn && ENDS_IN_NUMBER.test(last.text));
}

// A closing mark may follow, in French after a blank.
const SENTENCE_END =
  /[。！？!?…⋯](?:["'“”‘’«」』）)\]》】]|\s?[»›])*$|[.](?:["'“”‘’«)\]]|\s?[»›])*$/u;
const CLAUSE_END = /[：；:;—–](?:["'“”‘’«」』）)\]》】]|\s?[»›])*$/u;
const COMMA = /[，,、､](?:["'“”‘’«」』）)\]》】]|\s?[»›])*$/u;
const ABBREVIATION = /^\P{L}*(?:mr|mrs|ms|dr|st|vs|prof|no|(?:\p{L}\.)*\p{L})\.\P{L}*$/iu;

const CLAUSE = 12;
const SEGMENT = 30;
const COMMA_COST = 24;
const LIST_COMMA = 40; // 、
const BLANK_IN_CHINESE = 40;
const IN_BRACKETS = 130;

/** Judges breaks of one text. */
export function createBreakJudge(
  text: string,
  brackets: readonly Stretch[],
): (seam: Seam) => Break {
  const depthAt = depthsOf(brackets, text.length);
  return (seam) => {
    const { last, next } = seam;
    if (next === undefined) return endOfSegment(endOf(text, seam));
    if (seam.blank.includes("\n")) return { cost: 0, ends: "turn" };
    const ends = endOf(text, seam);
    const cost = costOf(seam, text.slice(seam.first.start, last.end), ends);
    return { cost: cost + depthAt(next.start) * IN_BRACKETS, ends };
  };
}

/** Where the vendor ends a segment something may end, if there is no mark to say what. */
function endOfSegment(ends: Break["ends"]): Break {
  if (ends === "sentence") return { cost: 0, ends };
  return ends === "clause" ? { cost: CLAUSE, ends } : { cost: SEGMENT, ends: "segment" };
}

function endOf(text: string, { first, last, next, blank }: Seam): Break["ends"] {
  const unit = text.slice(first.start, last.end);
  if (SENTENCE_END.test(unit)) {
    // "p.m. on": what goes on in lower case has not ended; after "…" other scripts may go on too.
    if (next === undefined || /^\P{L}*\p{Lu}/u.test(next.text)) {
      return ABBREVIATION.test(last.text) && next !== undefined ? "nothing" : "sentence";
    }
    if (DASH.test(unit)) return "clause";
    if (!/^\P{L}*\p{Ll}/u.test(next.text)) return "sentence";
    return /[.]["'”’)\]]*$/.test(unit) ? "nothing" : "clause";
  }
  if (CLAUSE_END.test(unit) || COMMA.test(unit)) return "clause";
  return last.unspaced && next?.unspaced === true && blank !== "" ? "clause" : "nothing";
}

function costOf({ last, blank, next }: Seam, unit: string, ends: Break["ends"]): number {
  if (ends === "sentence") return 0;
  if (CLAUSE_END.test(unit) || DASH.test(unit)) return CLAUSE;
  if (COMMA.test(unit)) return /、["'”’」』）)\]》】]*$/u.test(unit) ? LIST_COMMA : COMMA_COST;
  if (ends === "clause") return BLANK_IN_CHINESE;
  if (next === undefined) return 0;
  return betweenWords(unit, last, blank, next);
}
