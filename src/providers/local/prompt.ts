/**
 * What the model is told before it listens to Chinese. Base wavers between simplified and
 * traditional characters and leaves out punctuation; a sentence in the characters wanted, taken
 * for what was said before, settles both.
 */
import type { LanguageChoice } from "./languages.ts";
import type { SpecialTokens, Vocabulary } from "./tokens.ts";

/** "The following are sentences in Mandarin." with the tokens that Whisper's BPE makes of it. */
const SENTENCES = {
  Hans: {
    text: "以下是普通话的句子。",
    tokens: [3588, 4438, 1541, 29993, 19550, 21596, 1546, 34592, 7626, 1543],
  },
  Hant: {
    text: "以下是普通話的句子。",
    tokens: [3588, 4438, 1541, 29993, 19550, 11103, 1546, 34592, 7626, 1543],
  },
} as const;

/**
 * The tokens before the first that is decoded.
 *
 * @param language BCP 47 primary subtag that the model knows
 */
export function promptTokens(
  language: string,
  script: LanguageChoice["script"],
  special: SpecialTokens,
  vocabulary: Vocabulary,
): number[] {
  const { text, tokens } = SENTENCES[script];
  // A model with another vocabulary than ours goes without.
  const primed = language === "zh" && vocabulary.textOf(tokens) === text;
  const languageToken = special.languages.get(language);
  return [
    ...(primed ? [special.startOfPrevious, ...tokens] : []),
    special.startOfTranscript,
    ...(languageToken === undefined ? [] : [languageToken]),
    special.transcribe,
  ];
}
