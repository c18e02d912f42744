/** Whether Chinese text is in traditional or simplified characters. */
import type { Pair } from "./pairs.ts";
import { loadPairs } from "./pairs.ts";

/** Characters that their own script alone writes: 里 and 后 are in both, 这 and 這 are not. */
function ownCharacters(characters: readonly Pair[], written: Iterable<string>): Set<string> {
  const common = new Set(written);
  return new Set(
    characters.flatMap(([from, to]) => (from === to || common.has(from) ? [] : [from])),
  );
}

/**
 * Loads a judge that counts the characters of the text that are traditional alone and those that are
 * simplified alone: more of the former is traditional. Text with neither counts as simplified.
 */
export async function loadScriptJudge(): Promise<(text: string) => boolean> {
  const [toTraditional, toSimplified, phrases] = await Promise.all([
    loadPairs(import("opencc-js/dict/STCharacters")),
    loadPairs(import("opencc-js/dict/TSCharacters")),
    loadPairs(import("opencc-js/dict/STPhrases")),
  ]);
  const simplified = ownCharacters(toTraditional, phrases.map(([, to]) => to).join(""));
  const traditional = ownCharacters(toSimplified, phrases.map(([from]) => from).join(""));
  return (text) => {
    let lead = 0;
    for (const character of text) {
      if (traditional.has(character)) lead += 1;
      else if (simplified.has(character)) lead -= 1;
    }
    return lead > 0;
  };
}
