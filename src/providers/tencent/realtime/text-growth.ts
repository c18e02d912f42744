/**
 * Times for the cumulative text of `needvad=0`, which has none: a character was spoken in the slice
 * whose answer had it first. All of it approximate.
 */
import type { Segment } from "../../../transcript/transcript.ts";

/** The text had so many characters after this stretch of audio. */
interface Growth {
  readonly length: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The end of a sentence with its closing quotes and spaces. A full stop inside a number, an address
 * or an abbreviation is none.
 */
const SENTENCE_END =
  /(?:[。！？!?；;…]+|\.+(?![\p{Script=Latin}\p{N}.]))["'”’」』）)]*\s*|\n+\s*/gu;

export class TextGrowth {
  #text = "";
  #growths: Growth[] = [];

  get text(): string {
    return this.#text;
  }

  /**
   * Takes the text so far, which replaces the one before. No text at all is no news.
   *
   * @param fromMs Start of the audio that can have brought what is new.
   * @param toMs End of it.
   * @returns whether the text changed.
   */
  take(text: string, fromMs: number, toMs: number): boolean {
    if (text === "" || text === this.#text) return false;
    this.#forget(commonPrefixLength(this.#text, text));
    this.#text = text;
    this.#growths.push({ length: text.length, fromMs, toMs });
    return true;
  }

  /** One segment a sentence. */
  segments(): Segment[] {
    const segments: Segment[] = [];
    let start = 0;
    for (const end of [...sentenceEnds(this.#text), this.#text.length]) {
      const text = this.#text.slice(start, end).trim();
      if (text !== "") {
        const startMs = this.#timeMs(start, (length) => length > start);
        const endMs = this.#timeMs(end, (length) => length >= end);
        segments.push({ text, startMs, endMs: Math.max(startMs, endMs), approximate: true });
      }
      start = end;
    }
    return segments;
  }

  /** Keeps the times of the first characters alone: the others were rewritten. */
  #forget(keptLength: number): void {
    const index = this.#growths.findIndex(({ length }) => length > keptLength);
    if (index === -1) return;
    const toMs = this.#timeMs(keptLength, (length) => length >= keptLength);
    const fromMs = this.#growths[index]?.fromMs ?? toMs;
    this.#growths.length = index;
    if (keptLength > (this.#growths.at(-1)?.length ?? 0)) {
      this.#growths.push({ length: keptLength, fromMs, toMs });
    }
  }

  /** Where a place in the text was spoken; characters of one growth are spread evenly. */
  #timeMs(offset: number, isIn: (length: number) => boolean): number {
    const index = this.#growths.findIndex(({ length }) => isIn(length));
    const growth = this.#growths[index];
    if (growth === undefined) return this.#growths.at(-1)?.toMs ?? 0;
    const before = this.#growths[index - 1]?.length ?? 0;
    const share = (offset - before) / Math.max(1, growth.length - before);
    return Math.round(growth.fromMs + share * (growth.toMs - growth.fromMs));
  }
}

function sentenceEnds(text: string): number[] {
  return [...text.matchAll(SENTENCE_END)].map((match) => match.index + match[0].length);
}

function commonPrefixLength(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length++;
  return length;
}
