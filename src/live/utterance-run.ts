/** One utterance while it is recognised: what was said of it, in the time of the stream. */
import { EventRun } from "../transcript/event-run.ts";
import type { RecognitionEvent } from "../transcript/events.ts";
import { inRecording } from "../transcript/timing/in-recording.ts";
import { placeByVoice } from "../transcript/timing/place.ts";
import { createTimeMap } from "../transcript/timing/time-map.ts";
import { type Interval, NO_SPEECH } from "../transcript/transcript.ts";
import type { Utterance } from "./utterance-cut.ts";

/** One that is over. */
export interface WaitingUtterance extends Utterance {
  /** Since when it could have been recognised, in clock milliseconds. */
  readonly sinceMs: number;
}

/** How the events of an utterance are told. */
export interface Telling {
  /** Whether segments without measured times are placed where somebody speaks. */
  readonly placed: boolean;
  /** Whether words are placed with them. */
  readonly words: boolean;
}

export class UtteranceRun extends EventRun {
  readonly utterance: WaitingUtterance;
  /** From 1. */
  readonly #number: number;
  readonly #telling: Telling;
  /** Up to where there is text. */
  #saidMs: number;

  /** @param events of the utterance alone, in its own time */
  constructor(
    utterance: WaitingUtterance,
    number: number,
    events: AsyncIterable<RecognitionEvent>,
    telling: Telling,
  ) {
    super(() => events);
    this.utterance = utterance;
    this.#saidMs = utterance.startMs;
    this.#number = number;
    this.#telling = telling;
  }

  /** Its end is news as well. */
  override async run(onNews: () => void): Promise<void> {
    await super.run(onNews);
    onNews();
  }

  /** What there is no text of yet. */
  get unsaid(): Interval {
    const { endMs } = this.utterance;
    return { startMs: Math.min(this.#saidMs, endMs), endMs };
  }

  protected override take(event: RecognitionEvent): void {
    // While another is being told, partials wait: of those only the last is worth it.
    const isText = event.type === "partial" || event.type === "final";
    if (isText) this.said = this.said.filter(({ type }) => type !== "partial");
    const told = this.#told(event);
    for (const one of told) {
      if (one.type === "final") this.#saidMs = Math.max(this.#saidMs, one.segment.endMs);
    }
    this.said.push(...told);
  }

  #told(event: RecognitionEvent): RecognitionEvent[] {
    const { startMs, endMs, speech } = this.utterance;
    const map = createTimeMap([{ startMs, endMs }]);
    if (event.type === "progress") return [];
    // Of one utterance that is nobody's business.
    if (event.type === "warning") return event.warning.code === NO_SPEECH ? [] : [event];
    if (event.type === "response") {
      const { requestId, model } = event;
      // An account alone, of a try without an answer.
      if (requestId === undefined && model === undefined && event.usage !== undefined) {
        return [event];
      }
      const part = { startMs, endMs, ...(requestId === undefined ? {} : { requestId }) };
      return [inRecording({ ...event, part }, map)];
    }
    const { speaker } = event.segment;
    const named =
      speaker === undefined
        ? event.segment
        : { ...event.segment, speaker: `${this.#number}-${speaker}` };
    const shifted = inRecording({ ...event, segment: named }, map);
    if (shifted.type !== "final" || !this.#telling.placed) return [shifted];
    const segments = placeByVoice(shifted.segment, speech, this.#telling);
    return segments.map((segment) => ({ type: "final", segment }));
  }
}
