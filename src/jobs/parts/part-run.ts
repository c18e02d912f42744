/** One part while it is recognised: takes what its provider says until somebody asks for it. */
import type { RecognitionEvent } from "../../transcript/events.ts";
import { inRecording } from "../../transcript/timing/in-recording.ts";
import { createTimeMap, type TimeMap } from "../../transcript/timing/time-map.ts";
import type { Interval, Warning } from "../../transcript/transcript.ts";
import type { AudioPart } from "./part.ts";

/** A part and the request that has it recognised; times of its events are the part's own. */
export interface PartJob {
  readonly part: AudioPart;
  events(): AsyncIterable<RecognitionEvent>;
}

/** What a provider says where it heard nothing. */
export const NO_SPEECH = "no-speech";

export class PartRun {
  /** From 1. */
  readonly number: number;
  readonly part: AudioPart;
  /** Of the recording, with what was left out. */
  readonly bounds: Interval;
  state: "waiting" | "running" | "done" | "failed" = "waiting";
  error: unknown;
  /** How much of it has been worked through that no part before it has as well. */
  doneMs = 0;
  /** Where nothing was heard (in a channel): how the provider says so. */
  readonly silences: Warning[] = [];
  /** Partials are kept only while somebody looks. */
  isWatched = false;

  /** Gone when it has ended: all the audio of a part may hang on it, and runs stay to the end. */
  #job: PartJob | undefined;
  readonly #map: TimeMap;
  #iterator: AsyncIterator<RecognitionEvent> | undefined;
  #said: RecognitionEvent[] = [];

  constructor(job: PartJob, number: number) {
    const { pieces } = job.part;
    this.number = number;
    this.part = job.part;
    this.bounds = { startMs: pieces[0]?.startMs ?? 0, endMs: pieces.at(-1)?.endMs ?? 0 };
    this.#job = job;
    this.#map = createTimeMap(pieces);
  }

  get hasEnded(): boolean {
    return this.state === "done" || this.state === "failed";
  }

  /** Never rejects: see `error`. @param onNews is told after each event and at the end */
  async run(onNews: () => void): Promise<void> {
    this.state = "running";
    try {
      const iterator = this.#job?.events()[Symbol.asyncIterator]();
      this.#iterator = iterator;
      while (iterator !== undefined) {
        const next = await iterator.next();
        if (next.done === true) break;
        this.#take(next.value);
        onNews();
      }
      this.#reach(this.#map.lengthMs);
      this.state = "done";
    } catch (error) {
      this.error = error;
      this.state = "failed";
    } finally {
      this.#iterator = undefined;
      this.#job = undefined;
    }
  }

  /** Lets the provider close what it holds; waits until it has. */
  async stop(): Promise<void> {
    await this.#iterator?.return?.();
  }

  /** What was said since the last call: finals, partials, warnings and responses, in order. */
  takeSaid(): RecognitionEvent[] {
    return this.#said.splice(0);
  }

  #take(event: RecognitionEvent): void {
    if (event.type === "progress") this.#reach(event.audioMs);
    else if (event.type === "warning" && event.warning.code === NO_SPEECH) {
      this.silences.push(event.warning);
    } else if (event.type === "response") {
      const { requestId } = event;
      const part = { ...this.bounds, ...(requestId === undefined ? {} : { requestId }) };
      this.#said.push(inRecording({ ...event, part }, this.#map));
    } else if (event.type === "warning") this.#said.push(event);
    else if (event.type === "final" || this.isWatched) {
      const { segment } = event;
      const named =
        segment.speaker === undefined
          ? segment
          : { ...segment, speaker: `${this.number}-${segment.speaker}` };
      this.#said.push(inRecording({ ...event, segment: named }, this.#map));
    }
  }

  #reach(audioMs: number): void {
    const reachedMs = Math.min(audioMs, this.#map.lengthMs) - this.part.overlapMs;
    this.doneMs = Math.max(this.doneMs, reachedMs);
  }
}
