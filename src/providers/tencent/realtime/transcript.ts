/**
 * From the answers of one voice to partials and finals.
 *
 * A recording's finals wait for the end of its voice: until then the voice may have to be sent
 * again, and the vendor may hear it otherwise. Live finals can't wait: of a live voice nothing is
 * sent again here, and whoever does that begins after the last of them. The cumulative text of `needvad=0` may be rewritten up to its end, live or not.
 */
import type { FinalEvent, PartialEvent } from "../../../transcript/events.ts";
import type { Segment } from "../../../transcript/transcript.ts";
import type { Sentence, SliceAnswer } from "./answer.ts";
import type { RealtimePlan } from "./request.ts";
import { type Completeness, SentenceList } from "./sentences.ts";
import type { Slice } from "./slices.ts";
import { TextGrowth } from "./text-growth.ts";

type TextEvent = PartialEvent | FinalEvent;

export class VoiceTranscript {
  readonly #plan: Pick<RealtimePlan, "needVad">;
  readonly #isLive: boolean;
  readonly #sentences = new SentenceList();
  readonly #growth = new TextGrowth();

  constructor(plan: Pick<RealtimePlan, "needVad">, { live }: { readonly live: boolean }) {
    this.#plan = plan;
    this.#isLive = live;
  }

  take({ text, sentences }: SliceAnswer, { startMs, endMs, isLast }: Slice): TextEvent[] {
    this.#sentences.take(sentences);
    const isSettled = this.#isLive && this.completeness === "complete";
    const finals = isSettled ? finalsOf(this.#sentences.drainStable().map(segmentOf)) : [];
    const current = this.#sentences.current();
    if (sentences.length > 0) {
      return current === undefined ? finals : [...finals, ...partial(segmentOf(current))];
    }
    // Where only the last answer has text (`res_type=1`, perhaps a template's), all audio brought it.
    const isAll = isLast && this.#growth.text === "";
    if (!this.#growth.take(text, isAll ? 0 : startMs, endMs)) return finals;
    const whole = { text: text.trim(), startMs: 0, endMs, approximate: true };
    return [...finals, ...partial(whole)];
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
    return finalsOf(
      this.#sentences.isEmpty ? this.#growth.segments() : this.#sentences.drain().map(segmentOf),
    );
  }
}

function finalsOf(segments: readonly Segment[]): FinalEvent[] {
  return segments.flatMap((segment) => (segment.text === "" ? [] : [{ type: "final", segment }]));
}

function partial(segment: Segment): PartialEvent[] {
  return segment.text === "" ? [] : [{ type: "partial", segment }];
}

function segmentOf({ text, startMs, endMs }: Sentence): Segment {
  return { text, startMs, endMs };
}
