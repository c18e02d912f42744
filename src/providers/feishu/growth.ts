/**
 * Times for text that comes without any: the API answers every packet with the whole text so far,
 * so where in the audio it grew tells roughly when its words were spoken.
 */

import { sentencesOf } from "../../transcript/sentences.ts";
import type { Segment } from "../../transcript/transcript.ts";

/** While the audio from `fromMs` to `toMs` was sent, the text grew to `length` code units. */
interface Step {
  readonly length: number;
  readonly fromMs: number;
  readonly toMs: number;
}

export class TextGrowth {
  readonly #steps: Step[] = [];

  /** A snapshot of the text; one that is no longer than an earlier one only corrects it. */
  add(text: string, fromMs: number, toMs: number): void {
    const length = text.trimEnd().length;
    if (length > (this.#steps.at(-1)?.length ?? 0)) this.#steps.push({ length, fromMs, toMs });
  }

  /** Where the first text came up; undefined before there is any. */
  get startMs(): number | undefined {
    return this.#steps[0]?.fromMs;
  }

  /**
   * The final text as segments, one a sentence; sentences whose positions can't be told apart
   * stay together. The text may differ from the snapshots: offsets are then as good as they get.
   *
   * @param totalMs Length of all the audio.
   */
  segments(text: string, totalMs: number): Segment[] {
    const segments: Segment[] = [];
    let endMs = 0;
    for (const { start, end } of sentencesOf(text)) {
      const sentence = text.slice(start, end);
      const startMs = Math.max(endMs, this.#stepOf(start, totalMs).fromMs);
      endMs = Math.max(endMs, this.#stepOf(end - 1, totalMs).toMs);
      const last = segments.at(-1);
      if (last === undefined || endMs > startMs) {
        segments.push({ text: sentence, startMs, endMs, approximate: true });
      } else {
        const between = text.slice(start - 1, start).trim() === "" ? " " : "";
        segments[segments.length - 1] = { ...last, text: last.text + between + sentence };
      }
    }
    return segments;
  }

  /** The step that brought the character; what came only at the end lies after the last one. */
  #stepOf(offset: number, totalMs: number): Pick<Step, "fromMs" | "toMs"> {
    const step = this.#steps.find(({ length }) => length > offset);
    return step ?? { fromMs: this.#steps.at(-1)?.toMs ?? 0, toMs: totalMs };
  }
}
