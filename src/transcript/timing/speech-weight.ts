/** How long a text takes to say, in syllables, whoever says it. An estimate without a dictionary. */
import { SINGLE, unitsOf } from "./units.ts";

const DIGITS = /\p{N}+/gu;
const LETTERS = /\p{L}/gu;
/** Read letter by letter: IBM, API. */
const SPELLED = /^\p{Lu}{2,5}$/u;
/** English has 1.4 syllables to a word of 4.5 letters; the shortest still take their time. */
const PER_WORD = 0.3;
const PER_LETTER = 0.25;
/** 2024: "two thousand twenty-four", "二千零二十四": more than a syllable a digit. */
const PER_DIGIT = 1;
const PER_PLACE = 0.5;
/** Percent, degrees, dollars. */
const SYMBOL = 2;
/** Nobody says it, but the voice slows down before it. */
const PUNCTUATION = 0.1;
const PUNCTUATION_MARKS = /\p{P}/gu;
const IS_SINGLE = new RegExp(`^${SINGLE}`, "u");

/** @returns above 0, whatever the text */
export function speechWeight(text: string): number {
  const marks = text.match(PUNCTUATION_MARKS)?.length ?? 0;
  return unitsOf(text).reduce(
    (sum, { start, end }) => sum + unitWeight(text.slice(start, end)),
    Math.max(1, marks) * PUNCTUATION,
  );
}

function unitWeight(unit: string): number {
  if (IS_SINGLE.test(unit)) return 1;
  const letterCount = unit.match(LETTERS)?.length ?? 0;
  const numbers = unit.match(DIGITS) ?? [];
  if (letterCount === 0 && numbers.length === 0) return SYMBOL;
  if (SPELLED.test(unit)) return letterCount;
  const said = numbers.reduce(
    (sum, { length }) => sum + length * PER_DIGIT + (length - 1) * PER_PLACE,
    0,
  );
  return said + (letterCount === 0 ? 0 : PER_WORD + PER_LETTER * letterCount);
}
