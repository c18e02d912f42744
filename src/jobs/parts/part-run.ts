/** One part while it is recognised: takes what its provider says until somebody asks for it. */
import { EventRun } from "../../transcript/event-run.ts";
import type { RecognitionEvent } from "../../transcript/events.ts";
import { inRecording } from "../../transcript/timing/in-recording.ts";
import { createTimeMap, type TimeMap } from "../../transcript/timing/time-map.ts";
import { type Interval, NO_SPEECH, type Warning } from "../../transcript/transcript.ts";
import type { AudioPart } from "./part.ts";

/** A part and the request that has it recognised; times of its events are the part's own. */
export interface PartJob {
  readonly part: AudioPart;
  events(): AsyncIterable<RecognitionEvent>;
}

export class PartRun extends EventRun {
  /** From 1. */
  readonly number: number;
  readonly part: AudioPart;
  /** Of the recording, with what was left out. */
  readonly bounds: Interval;
  /** How much of it has been worked through that no part before it has as well. */
  doneMs = 0;
  /** Where nothing was heard (in a channel): how the provider says so. */
  readonly silences: Warning[] = [];
  /** Partials are kept only while somebody looks. */
  isWatched = false;
  readonly #map: TimeMap;

  constructor(job: PartJob, number: number) {
    super(() => job.events());
    const { pieces } = job.part;
    this.number = number;
    this.part = job.part;
    this.bounds = { startMs: pieces[0]?.startMs ?? 0, endMs: pieces.at(-1)?.endMs ?? 0 };
    this.#map = createTimeMap(pieces);
  }

  protected override take(event: RecognitionEvent): void {
    if (event.type === "progress") this.#reach(event.audioMs);
    else if (event.type === "warning" && event.warning.code === NO_SPEECH) {
      this.silences.push(event.warning);
    } else if (event.type === "response") {
      const { requestId } = event;
      const part = { ...this.bounds, ...(requestId === undefined ? {} : { requestId }) };
      this.said.push(inRecording({ ...event, part }, this.#map));
    } else if (event.type === "warning") this.said.push(event);
    else if (event.type === "final" || this.isWatched) {
      const { segment } = event;
      const named =
        segment.speaker === undefined
          ? segment
          : { ...segment, speaker: `${this.number}-${segment.speaker}` };
      this.said.push(inRecording({ ...event, segment: named }, this.#map));
    }
  }

  protected override finished(): void {
    this.#reach(this.#map.lengthMs);
  }

  #reach(audioMs: number): void {
    const reachedMs = Math.min(audioMs, this.#map.lengthMs) - this.part.overlapMs;
    this.doneMs = Math.max(this.doneMs, reachedMs);
  }
}
