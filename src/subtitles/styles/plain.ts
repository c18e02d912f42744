import type { SubtitleStyle } from "../style.ts";

/** The vendor's segments as they are, made legal for every player. */
export const plain: SubtitleStyle = {
  id: "plain",
  title: "as the vendor gave it",
  source: "none",
  asGiven: true,
  columnsPerCharacter: 1,
  minGap: { ms: 0 },
  closeGapsUnderMs: 0,
  lingerMs: 0,
  fps: 25,
  punctuation: "keep",
  balance: "even",
};
