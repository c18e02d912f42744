/**
 * How well a line breaks between two words of one clause: before what opens a phrase, never behind
 * a word that leads on. Netflix General Requirements, "Line Treatment"; BBC, 3.4.
 */
import { closes, leadsOn, leadsOnTo, opensClause } from "../weak-words.ts";
import type { Token } from "./tokens.ts";

/** What is counted: 年, 个, 元 … One character, so that it is read with its number. */
export const COUNTED =
  /^[年月日号號时時点點分秒周週天岁歲个個人名位元块塊角次回遍倍度米克吨噸里升只隻条條张張本台臺部家间間件套层層级級届屆章节節页頁期种種类類代线線万萬亿億期集後后句段首篇项項款场場群份]/u;

const BETWEEN_WORDS = 100;
/** A break should come before a conjunction, … */
const BEFORE_CLAUSE = 52;
/** … a preposition, … */
const BEFORE_PREPOSITION = 66;
/** … one that is tied to the word before it as often as not, … */
const BEFORE_TO = 74;
/** … or the first word of a group: an article, a pronoun, the verb behind a noun. */
const BEFORE_GROUP = 90;
/** Behind a word that leads on. */
const WEAK_END = 220;
const WEAK_START = 240;
const WITH_NUMBER = 200;
/** First and last names. */
const NAME = 50;
/** "three | new ones", "one | day". */
const MODIFIER = 60;
/** 三个 | 新功能: what is counted comes after. */
const CLASSIFIER = 130;
/** 我们的 | 网站. */
const ATTRIBUTE = 60;
/** 影响 | 到, 增加 | 值. */
const SUFFIX = 80;
/** 我 | 去: a subject; it may be an object too. */
const PRONOUN = 60;
/** A single character leans on what comes after it. */
const SINGLE = 20;
/** 第一天 | 晚上. */
const TIME_OF_DAY = 60;
/** 生产 | 总值: two words of two characters are often one of four. */
const COMPOUND = 25;
/** 腾 | 讯 | 云: single characters side by side are a word that the dictionary does not know. */
const UNKNOWN_WORD = 120;

const PREPOSITION =
  /^(?:in|on|at|by|for|from|with|without|into|about|over|under|between|through|during|against|among|before|after|和|与|與|在|从|從|把|被|对|對|对于|對於|关于|關於|为了|為了)$/iu;
const TO = /^(?:to|of|as|than)$/iu;
const GROUP =
  /^(?:a|an|the|my|your|his|her|our|their|this|these|those|i|he|she|we|they|我|你|您|他|她|它|咱|我们|我們|你们|你們|他们|他們|她们|她們|它们|它們|咱们|咱們|大家)$/iu;
/** A subject that is not to be parted from its verb; as an object it may end a line. */
const SUBJECT = /^(?:you|it|there|here|this|that|these|those)$/i;
const VERB =
  /^(?:am|is|are|was|were|has|have|had|do|does|did|will|would|can|could|should|may|might|must)$/i;
const MODIFIES =
  /^(?:one|two|three|four|five|six|seven|eight|nine|ten|another|all|both|many|several|few|own|same|other|next|last|first|new|old|good|great|big|little|whole|what|how)$/i;
const COUNTED_OUT =
  /[一二三四五六七八九十百千两兩几幾这這那哪每\p{Nd}](?:个|個|位|只|隻|条|條|张|張|部|间|間|件|套|种|種|类|類|家|座|首|项|項|款|场|場|段|句|篇|群|份|次|回|颗|顆|棵|辆|輛|艘)$/u;
/** ICU takes 新的 for one word, and 目的 is one. */
const ATTRIBUTIVE = /^(?:[\p{Script=Han}--目]?的|[地得])$/v;
const SUFFIXES = /^[到值率性化者员員度量额額力品型式]$/u;
/** "了三", as ICU cuts "上线了三个". */
const ASPECT = /^[了着著过過][\p{Script=Han}]/u;
const DAY = /天$/u;
const OF_DAY = /^(?:早上|早晨|上午|中午|下午|傍晚|晚上|夜里|夜裡|凌晨|半夜)$/u;

const PLAIN_WORD = /^[\p{P}]*([\p{L}\p{M}'’]+)[\p{P}]*$/u;
const HIRAGANA = /^[\p{Script=Hiragana}ー]/u;
const CAPITALISED = /^\p{Lu}[\p{Ll}'’-]+$/u;
const ONE_HAN = /^\p{Script=Han}$/u;
const TWO_HAN = /^\p{Script=Han}{2}$/u;

/**
 * @param unit all that stands together before the break
 * @param last its last word
 */
export function betweenWords(unit: string, last: Token, blank: string, next: Token): number {
  const before = PLAIN_WORD.exec(last.text)?.[1] ?? "";
  const after = PLAIN_WORD.exec(next.text)?.[1] ?? "";
  const start = startCost(after);
  let cost = start + (last.unspaced && next.unspaced ? wordCost(unit, before, after) : 0);
  if (leadsOnTo(before, after) || isSubject(before, after)) cost += WEAK_END;
  else if (MODIFIES.test(before) && start >= BEFORE_GROUP) cost += MODIFIER;
  if (next.unspaced && (closes(after) || ASPECT.test(after))) cost += WEAK_START;
  else if (next.unspaced && HIRAGANA.test(next.text) && last.unspaced) cost += WEAK_START;
  if (isNumber(last, blank, next, start < BEFORE_GROUP)) cost += WITH_NUMBER;
  if (blank !== "" && CAPITALISED.test(last.text) && CAPITALISED.test(next.text)) cost += NAME;
  return cost;
}

function startCost(after: string): number {
  if (PREPOSITION.test(after)) return BEFORE_PREPOSITION;
  if (TO.test(after)) return BEFORE_TO;
  if (opensClause(after)) return BEFORE_CLAUSE;
  return GROUP.test(after) || VERB.test(after) ? BEFORE_GROUP : BETWEEN_WORDS;
}

/** "what | you are", never "what you | are". */
function isSubject(before: string, after: string): boolean {
  return SUBJECT.test(before) && VERB.test(after);
}

/** What only a script without blanks needs to be told. */
function wordCost(unit: string, before: string, after: string): number {
  if (SUFFIXES.test(after)) return SUFFIX;
  if (DAY.test(unit) && OF_DAY.test(after)) return TIME_OF_DAY;
  if (isFunction(after)) return 0;
  if (COUNTED_OUT.test(unit)) return CLASSIFIER;
  if (ATTRIBUTIVE.test(before)) return ATTRIBUTE;
  if (GROUP.test(before)) return PRONOUN;
  if (TWO_HAN.test(unit) && TWO_HAN.test(after)) return isFunction(before) ? 0 : COMPOUND;
  if (!ONE_HAN.test(unit) || closes(before) || SUFFIXES.test(before)) return 0;
  return ONE_HAN.test(after) && !isFunction(before) ? UNKNOWN_WORD : SINGLE;
}

/** Words of grammar, of which no name is made. */
function isFunction(word: string): boolean {
  return startCost(word) < BETWEEN_WORDS || leadsOn(word) || closes(word);
}

function isNumber(last: Token, blank: string, next: Token, isGood: boolean): boolean {
  const isDate = last.unspaced && COUNTED.test(last.text) && /^\p{N}/u.test(next.text);
  return (
    isDate || /\p{N}$/u.test(last.text) || (/^\p{N}/u.test(next.text) && !isGood && blank !== "")
  );
}
