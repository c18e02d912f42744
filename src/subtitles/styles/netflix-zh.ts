import type { SubtitleStyle } from "../style.ts";

/**
 * Netflix Timed Text Style Guide, Chinese (Simplified) and (Traditional): TTSG below; General
 * Requirements: GR; Subtitle Timing Guidelines: STG.
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
  minDurationMs: 833, // GR, "Duration": 5/6 of a second
  maxDurationMs: 7000, // GR, "Duration"
  minGap: { frames: 2 }, // STG, "Frame Gap", at every frame rate
  closeGapsUnderMs: 500, // STG, "Chaining": gaps of 3 to 11 frames at 24 frames a second
  lingerMs: 500, // STG, "Timing to Audio": up to half a second past the audio
  fps: 25,
  // TTSG, "Punctuation": no comma or full stop at the end of a line. Inside one it wants a blank in
  // their place (`blank`), which takes away what tells two sentences in one line apart.
  punctuation: "drop",
  balance: "bottom-heavy", // TTSG, "Line Treatment": prefer the lower line longer
};
