/** A tiny Whisper: text below 10, then the tokens with a meaning, then timestamps from 20 on. */
import type { SpecialTokens } from "../../../src/providers/local/tokens.ts";

export const SPECIAL: SpecialTokens = {
  endOfText: 10,
  startOfTranscript: 11,
  startOfPrevious: 12,
  transcribe: 13,
  noSpeech: 14,
  noTimestamps: 19,
  timestampBegin: 20,
  languages: new Map([
    ["en", 15],
    ["zh", 16],
  ]),
  suppressed: [9, 11, 12, 13, 14],
  suppressedAtBegin: [0, 10],
};

/** Timestamps reach to 2 s. */
export const TOKEN_COUNT = SPECIAL.timestampBegin + 101;

/** The token of a time. */
export function time(timeMs: number): number {
  return SPECIAL.timestampBegin + timeMs / 20;
}
