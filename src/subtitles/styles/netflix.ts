import type { SubtitleStyle } from "../style.ts";

/** Netflix's times in every language. General Requirements: GR; Subtitle Timing Guidelines: STG. */
export const netflixTimes = {
  minDurationMs: 833, // GR, "Duration": 5/6 of a second
  maxDurationMs: 7000, // GR, "Duration"
  minGap: { frames: 2 }, // STG, "Frame Gap", at every frame rate
  closeGapsUnderMs: 500, // STG, "Chaining": gaps of 3 to 11 frames at 24 frames a second
  lingerMs: 500, // STG, "Timing to Audio": up to half a second past the audio
  fps: 25,
} as const satisfies Partial<SubtitleStyle>;
