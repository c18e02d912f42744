import type { SubtitleStyle } from "../style.ts";

/**
 * Netflix Timed Text Style Guide, English (USA): TTSG below; General Requirements: GR; Subtitle
 * Timing Guidelines: STG.
 */
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
  minDurationMs: 833, // GR, "Duration": 5/6 of a second
  maxDurationMs: 7000, // GR, "Duration"
  minGap: { frames: 2 }, // STG, "Frame Gap", at every frame rate
  closeGapsUnderMs: 500, // STG, "Chaining": gaps of 3 to 11 frames at 24 frames a second
  lingerMs: 500, // STG, "Timing to Audio": up to half a second past the audio
  fps: 25,
  punctuation: "keep",
  balance: "bottom-heavy", // TTSG, "Line Treatment": prefer the lower line longer
};
