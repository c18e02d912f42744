import type { Case } from "./case.ts";
import { DIALOGUE } from "./dialogue.ts";
import { ENGLISH } from "./english.ts";
import { JAPANESE_AND_KOREAN } from "./japanese-korean.ts";
import { MANDARIN } from "./mandarin.ts";
import { MIXED } from "./mixed.ts";
import { TIMES } from "./times.ts";

/** What a user of subtitles meets; each with a golden file in `fixtures/subtitles/`. */
export const CORPUS: readonly Case[] = [
  ...MANDARIN,
  ...MIXED,
  ...DIALOGUE,
  ...ENGLISH,
  ...JAPANESE_AND_KOREAN,
  ...TIMES,
];
