/**
 * Live finals that stay final when a voice has to be sent again: what was said once is neither said
 * again nor taken back; of the repeated voice only what comes after it counts.
 */
import type { Segment } from "../../../transcript/transcript.ts";

/** How a sentence is compared with those said before. */
type Comparison =
  /** None of them can come again. */
  | "none"
  /** The repeated voice has told the same so far, word for word. */
  | "sentence by sentence"
  /** The vendor cut or heard something otherwise this time. */
  | "by position";

export class LiveFinals {
  readonly #said: Segment[] = [];
  #comparison: Comparison = "none";
  /** How many of those said have been told again. */
  #repeatedCount = 0;

  /** Up to where the audio is settled. */
  get settledMs(): number {
    return this.#said.at(-1)?.endMs ?? 0;
  }

  /** The voice begins again. */
  repeat(): void {
    this.#comparison = "sentence by sentence";
    this.#repeatedCount = 0;
  }

  /** @returns what of a stable sentence is new. */
  admit(segment: Segment): Segment | undefined {
    if (this.#isRepeated(segment)) return undefined;
    const fresh =
      this.#comparison === "by position"
        ? afterTime(segment, this.settledMs, this.#said.at(-1)?.text ?? "")
        : segment;
    if (fresh !== undefined) this.#said.push(fresh);
    return fresh;
  }

  #isRepeated(segment: Segment): boolean {
    if (this.#comparison !== "sentence by sentence") return false;
    const known = this.#said[this.#repeatedCount];
    if (known === undefined) {
      this.#comparison = "none";
      return false;
    }
    const isSame =
      known.text === segment.text &&
      known.startMs === segment.startMs &&
      known.endMs === segment.endMs;
    if (isSame) this.#repeatedCount++;
    else this.#comparison = "by position";
    return isSame;
  }
}

/**
 * The part of a segment after a time: behind the words that were said, where it repeats them, else
 * by the share of its time. Nothing but punctuation is nothing.
 */
function afterTime(segment: Segment, timeMs: number, said: string): Segment | undefined {
  const { text, startMs, endMs } = segment;
  if (startMs >= timeMs) return segment;
  if (endMs <= timeMs) return undefined;
  const byTime = Math.round((text.length * (timeMs - startMs)) / (endMs - startMs));
  const byWords = overlapLength(said, text);
  // A character or two may agree by chance.
  const rest = text.slice(byWords * 2 >= byTime ? byWords : byTime).trim();
  if (!/[\p{L}\p{N}]/u.test(rest)) return undefined;
  return { ...segment, text: rest, startMs: timeMs, approximate: true };
}

/** How much of the beginning of `text` is the end of `said`, the punctuation at its end aside. */
function overlapLength(said: string, text: string): number {
  const words = said.replace(/[\p{P}\s]+$/u, "");
  for (let length = Math.min(words.length, text.length); length > 0; length--) {
    if (words.endsWith(text.slice(0, length))) return length;
  }
  return 0;
}
