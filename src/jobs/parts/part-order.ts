/** Lets what parts said out in the order of the recording. */
import type { FinalEvent, RecognitionEvent } from "../../transcript/events.ts";
import type { Interval, Segment } from "../../transcript/transcript.ts";
import { joinOverlap, NEAR_OVERLAP_MS } from "./overlap.ts";
import type { PartRun } from "./part-run.ts";

export class PartOrder {
  readonly #runs: readonly PartRun[];
  #index = 0;
  /** Of the part before: what may be doubled by the part that is looked at now. */
  #tail: Segment[] = [];
  /** Of that part, not let out yet. */
  #segments: Segment[] = [];

  constructor(runs: readonly PartRun[]) {
    this.#runs = runs;
    this.#watch();
  }

  /** What can be let out by now: partials of the earliest unfinished part alone. */
  *ready(): Generator<RecognitionEvent> {
    for (let run = this.#runs[this.#index]; run !== undefined; run = this.#runs[this.#index]) {
      // As it stands now: while an event is handed on, the part says more, and may end.
      const { state, hasEnded } = run;
      for (const event of run.takeSaid()) {
        if (event.type === "final") this.#segments.push(event.segment);
        else yield event;
      }
      yield* this.#finals(run, { state, hasEnded });
      if (!hasEnded) return;
      this.#tail = this.#segments;
      this.#segments = [];
      this.#index++;
      this.#watch();
    }
  }

  /** What waits for a part that does not come. */
  *rest(): Generator<FinalEvent> {
    yield* this.#tail.splice(0).map(final);
  }

  #watch(): void {
    const run = this.#runs[this.#index];
    if (run !== undefined) run.isWatched = true;
  }

  *#finals(
    run: PartRun,
    { state, hasEnded }: Pick<PartRun, "state" | "hasEnded">,
  ): Generator<FinalEvent> {
    const before = this.#runs[this.#index - 1];
    if (this.#tail.length > 0 && before !== undefined) {
      if (!hasEnded) return;
      if (state === "done") {
        const joined = joinOverlap(this.#tail, this.#segments, overlapOf(before, run));
        this.#tail = joined.earlier;
        this.#segments = joined.later;
      }
      yield* this.rest();
    }
    const next = this.#runs[this.#index + 1];
    const doubled =
      next === undefined || next.part.overlapMs === 0 || state === "failed"
        ? -1
        : this.#segments.findIndex((segment) => reaches(segment, overlapOf(run, next)));
    const count = doubled === -1 ? this.#segments.length : doubled;
    yield* this.#segments.splice(0, count).map(final);
  }
}

function overlapOf(before: PartRun, after: PartRun): Interval {
  return { startMs: after.bounds.startMs, endMs: before.bounds.endMs };
}

function reaches({ endMs, approximate }: Segment, overlap: Interval): boolean {
  return approximate === true || endMs > overlap.startMs - NEAR_OVERLAP_MS;
}

function final(segment: Segment): FinalEvent {
  return { type: "final", segment };
}
