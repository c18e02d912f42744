/** Times for text of which nothing is known but its words: not even the length of its recording. */
import type { Segment } from "../transcript.ts";
import { placeByVoice } from "./place.ts";
import { speechWeight } from "./speech-weight.ts";

/**
 * Mandarin is spoken at 5.2 syllables a second, English at 6.2 (Pellegrino, Coupé, Marsico 2011, "A
 * cross-language perspective on speech information rate", table 1), without pauses.
 */
const MS_PER_SYLLABLE = 200;

/** How long a text may take to say, in milliseconds; above 0 for any text. */
export function estimatedMs(text: string): number {
  return Math.round(speechWeight(text) * MS_PER_SYLLABLE);
}

/** One segment a sentence from the start on, all `approximate`; none for blank text. */
export function estimatedSegments(text: string): Segment[] {
  if (text.trim() === "") return [];
  const whole = { text, startMs: 0, endMs: estimatedMs(text), approximate: true };
  return placeByVoice(whole, [], { words: false });
}
