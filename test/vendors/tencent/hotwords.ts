/** The grammar of `hotword_list` (flash document 3.2; weights 11 and 100: FACTS). */

const MAX_WORDS = 128;
const MAX_CHARACTERS = 30;
const MAX_HAN_CHARACTERS = 10;

/** @returns what is wrong with `word|weight,word|weight`; an empty list is none. */
export function hotwordListProblem(list: string): string | undefined {
  if (list === "") return undefined;
  const entries = list.split(",");
  if (entries.length > MAX_WORDS) return `holds ${entries.length} words, more than ${MAX_WORDS}`;
  for (const entry of entries) {
    const problem = entryProblem(entry);
    if (problem !== undefined) return `has "${entry}": ${problem}`;
  }
  return undefined;
}

function entryProblem(entry: string): string | undefined {
  const [word = "", weight = "", ...rest] = entry.split("|");
  if (rest.length > 0 || !entry.includes("|")) return 'is not "word|weight"';
  if (word.trim() === "") return "has no word";
  const characters = [...word].length;
  if (characters > MAX_CHARACTERS) return `has ${characters} characters`;
  const han = word.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (han > MAX_HAN_CHARACTERS) return `has ${han} Han characters`;
  const isWeight = /^[1-9]\d*$/.test(weight) && (Number(weight) <= 11 || weight === "100");
  return isWeight ? undefined : "has a weight that is not 1-11 or 100";
}
