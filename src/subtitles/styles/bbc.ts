import type { SubtitleStyle } from "../style.ts";

/** BBC Subtitle Guidelines (2026), by section. */
export const bbc: SubtitleStyle = {
  id: "bbc",
  title: "BBC",
  source: "BBC Subtitle Guidelines",
  columnsPerCharacter: 1,
  maxLine: 37, // 3.1, broadcast; online it is 68 % of the picture, about as much
  maxLines: 2, // 3.3, landscape video
  // 4: 160 to 180 words a minute; 180 words of 4 letters and a blank are 15 characters a second.
  maxCps: 15,
  minDurationMs: 600, // 4.1: 0.3 s a word; nothing is shorter than two words' time
  // The guidelines name no longest time; two full lines at 4's lower rate (74 characters at
  // 160 words a minute) take 5.6 s, and 5.2 lets them stay 1.5 s after the speech.
  maxDurationMs: 7000,
  minGap: { ms: 0 }, // 4.5 wants no gap where there is no pause
  closeGapsUnderMs: 1000, // 4.5: a gap is a second or more, or none
  lingerMs: 500, // 5.1 and 5.2: with the end of the speech, at most 1.5 s after it
  fps: 25,
  punctuation: "keep",
  balance: "even", // 3.4 puts language before geometry; 3.5 warns of a short first line
};
