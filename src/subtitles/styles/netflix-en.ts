import type { SubtitleStyle } from "../style.ts";
import { netflixTimes } from "./netflix.ts";

/** Netflix Timed Text Style Guide, English (USA): TTSG below; General Requirements: GR. */
export const netflixEn: SubtitleStyle = {
  id: "netflix-en",
  title: "Netflix, English",
  source: "Netflix Timed Text Style Guide, English (USA)",
  columnsPerCharacter: 1,
  maxLine: 42, // TTSG, "Character Limitation"
  maxLines: 2, // GR, "Line Treatment"
  // TTSG, "Reading Speed Limits", adult programs (children's: 17). The 17 that is often named is
  // that of older versions and of most other languages.
  maxCps: 20,
  ...netflixTimes,
  punctuation: "keep",
  balance: "bottom-heavy", // TTSG, "Line Treatment": prefer the lower line longer
};
