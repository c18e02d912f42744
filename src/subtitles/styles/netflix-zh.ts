import type { SubtitleStyle } from "../style.ts";
import { netflixTimes } from "./netflix.ts";

/**
 * Netflix Timed Text Style Guide, Chinese (Simplified) and (Traditional): TTSG below; General
 * Requirements: GR.
 */
export const netflixZh: SubtitleStyle = {
  id: "netflix-zh",
  title: "Netflix, Chinese",
  source: "Netflix Timed Text Style Guide, Chinese (Simplified), Chinese (Traditional)",
  // "How is reading speed measured?": half-width characters, blanks and punctuation count 0.5.
  columnsPerCharacter: 2,
  maxLine: 16, // TTSG, "Character Limitation"
  maxLines: 2, // GR, "Line Treatment"
  maxCps: 9, // TTSG, "Reading Speed Limits", adult programs (children's: 7)
  ...netflixTimes,
  // TTSG, "Punctuation": no comma or full stop at the end of a line. Inside one it wants a blank in
  // their place (`blank`), which takes away what tells two sentences in one line apart.
  punctuation: "drop",
  balance: "bottom-heavy", // TTSG, "Line Treatment": prefer the lower line longer
};
