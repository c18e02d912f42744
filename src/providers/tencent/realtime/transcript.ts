/**
 * From the answers of one voice to partials and finals.
 *
 * A recording's finals wait for the end of its voice: until then the voice may have to be sent
 * again, and the vendor may hear it otherwise. Live finals can't wait: `LiveFinals` keeps them
 * true. The cumulative text of `needvad=0` may be rewritten up to its end, live or not.
 */
import type { FinalEvent, PartialEvent } from "../../../transcript/events.ts";
import type { Segment } from "../../../transcript/transcript.ts";
import type { Sentence, SliceAnswer } from "./answer.ts";
import type { LiveFinals } from "./finals.ts";
import type { RealtimePlan } from "./request.ts";
import { type Completeness, SentenceList } from "./sentences.ts";
import type { Slice } from "./slices.ts";
import { TextGrowth } from "./text-growth.ts";

type TextEvent = PartialEvent | FinalEvent;

export class VoiceTranscript {
  readonly #plan: Pick<RealtimePlan, "needVad">;
  readonly #live: LiveFinals | undefined;
  readonly #sentences = new SentenceList();
  readonly #growth = new TextGrowth();

  /** @param live Undefined for a recording. */
  constructor(plan: Pick<RealtimePlan, "needVad">, live?: LiveFinals) {
    this.#plan = plan;
    this.#live = live;
  }

  take({ text, sentences }: SliceAnswer, { startMs, endMs, isLast }: Slice): TextEvent[] {
    this.#sentences.take(sentences);
    const isSettled = this.#live !== undefined && this.completeness === "complete";
    const finals = isSettled ? this.#finals(this.#sentences.drainStable().map(segmentOf)) : [];
    const current = this.#sentences.current();
    if (sentences.length > 0) {
      return current === undefined ? finals : [...finals, ...this.#partial(segmentOf(current))];
    }
    // Where only the last answer has text (`res_type=1`, perhaps a template's), all audio brought it.
    const isAll = isLast && this.#growth.text === "";
    if (!this.#growth.take(text, isAll ? 0 : startMs, endMs)) return finals;
    const whole = { text: text.trim(), startMs: 0, endMs, approximate: true };
    return [...finals, ...this.#partial(whole)];
  }

  /** An answer that never came, for a slice that had arrived. */
  loseAnswer(): void {
    // Cumulative text comes again with the next answer.
    if (this.#plan.needVad) this.#sentences.loseAnswer();
  }

  get completeness(): Completeness {
    return this.#sentences.completeness;
  }

  /** The voice has been answered to its end: nothing changes any more. */
  end(): FinalEvent[] {
    return this.#finals(
      this.#sentences.isEmpty ? this.#growth.segments() : this.#sentences.drain().map(segmentOf),
    );
  }

  #finals(segments: readonly Segment[]): FinalEvent[] {
    return segments.flatMap((segment) => {
      if (segment.text === "") return [];
      const fresh = this.#live === undefined ? segment : this.#live.admit(segment);
      return fresh === undefined ? [] : [{ type: "final", segment: fresh }];
    });
  }

  #partial(segment: Segment): PartialEvent[] {
    const isSettled = this.#live !== undefined && segment.endMs <= this.#live.settledMs;
    return segment.text === "" || isSettled ? [] : [{ type: "partial", segment }];
  }
}

function segmentOf({ text, startMs, endMs }: Sentence): Segment {
  return { text, startMs, endMs };
}
