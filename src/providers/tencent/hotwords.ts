/** `hotword_list` (flash document, 3.2): `word|weight,word|weight`. */
import { usageError } from "../../errors.ts";
import type { Hotword, HotwordSupport } from "../contract.ts";

/** Replaces what sounds the same; on some engines only (newer document). */
export const REPLACING_WEIGHT = 100;

/** Flash document, 3.2; weight 11, the super hotword: newer document. */
export const HOTWORD_LIMITS = {
  maxCount: 128,
  maxCharacters: 30,
  weights: { min: 1, max: 11 },
} as const satisfies HotwordSupport;

const MAX_HAN_CHARACTERS = 10;

/**
 * For a hotword without a weight. No document names a default; 10 is what the document's example
 * gives, and the most that is still an ordinary hotword.
 */
const DEFAULT_WEIGHT = 10;

/** @throws AsrError kind "usage" for hotwords that can't be sent. */
export function hotwordList(hotwords: readonly Hotword[]): string {
  for (const { text } of hotwords) {
    if (!/[|,]/.test(text)) continue;
    throw usageError(
      `the hotword "${text}" holds a | or a comma`,
      "write it without; Tencent divides its list there and has no way around it",
    );
  }
  const list = hotwords
    .map(({ text, weight = DEFAULT_WEIGHT }) => `${text.trim()}|${weight}`)
    .join(",");
  const problem = hotwordListProblem(list);
  if (problem !== undefined) {
    throw usageError(`the hotwords can't be sent: ${problem}`, "shorten the list, or correct it");
  }
  return list;
}

/** @returns what is wrong with a list as it is sent; undefined: nothing. */
export function hotwordListProblem(list: string): string | undefined {
  if (list === "") return undefined;
  const entries = list.split(",");
  const { maxCount } = HOTWORD_LIMITS;
  if (entries.length > maxCount) return `${entries.length} are more than ${maxCount}`;
  for (const entry of entries) {
    const problem = entryProblem(entry);
    if (problem !== undefined) return `"${entry}" ${problem}`;
  }
  return undefined;
}

function entryProblem(entry: string): string | undefined {
  const [text = "", weight, ...rest] = entry.split("|");
  if (weight === undefined || rest.length > 0) return "is not WORD|WEIGHT";
  if (text.trim() === "") return "has no word";
  const { maxCharacters, weights } = HOTWORD_LIMITS;
  if ([...text].length > maxCharacters) return `is longer than ${maxCharacters} characters`;
  const hanCount = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (hanCount > MAX_HAN_CHARACTERS) {
    return `has more than ${MAX_HAN_CHARACTERS} Chinese characters`;
  }
  const value = Number(weight);
  const isWeight =
    /^[1-9]\d*$/.test(weight) &&
    ((value >= weights.min && value <= weights.max) || value === REPLACING_WEIGHT);
  return isWeight
    ? undefined
    : `needs a weight from ${weights.min} to ${weights.max}, or ${REPLACING_WEIGHT}`;
}
