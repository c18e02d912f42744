/** The parts of one recording, each recognised by a request of its own, as one stream of events. */
import type { ProgressEvent, RecognitionEvent } from "../../transcript/events.ts";
import { inRecording } from "../../transcript/timing/in-recording.ts";
import { createTimeMap } from "../../transcript/timing/time-map.ts";
import { NO_SPEECH, type Warning } from "../../transcript/transcript.ts";
import { partError } from "./part-error.ts";
import { PartOrder } from "./part-order.ts";
import { PartPool } from "./part-pool.ts";
import { type PartJob, PartRun } from "./part-run.ts";

export type { PartJob } from "./part-run.ts";

export interface JoinOptions {
  /** The most parts that are recognised at once; at least 1. */
  readonly concurrency: number;
  /** The parts listen to it too, each for itself. */
  readonly signal: AbortSignal;
}

const SPEAKERS_BY_PART: Warning = {
  code: "speakers-by-part",
  message:
    "speakers are named by part (1-0 is speaker 0 of part 1): " +
    "whether two parts have the same speaker is not known",
};

/**
 * Finals leave in the order of the parts, in the time of the recording, and without the words
 * that two parts have in common. Speakers of several parts are named by part: "1-0", "2-0".
 *
 * @throws AsrError where a part failed, its place named, after what all others said; the signal's
 *   reason once the parts under way have ended.
 */
export async function* joinParts(
  jobs: readonly PartJob[],
  { concurrency, signal }: JoinOptions,
): AsyncGenerator<RecognitionEvent> {
  const [first] = jobs;
  if (jobs.length === 1 && first !== undefined) {
    const map = createTimeMap(first.part.pieces);
    for await (const event of first.events()) yield inRecording(event, map);
    return;
  }
  signal.throwIfAborted();
  const runs = jobs.map((job, index) => new PartRun(job, index + 1));
  const order = new PartOrder(runs);
  const pool = new PartPool(runs, concurrency, signal);
  const told = createTelling();
  const progress = (): ProgressEvent => ({
    type: "progress",
    audioMs: runs.reduce((sum, run) => sum + run.doneMs, 0),
  });
  try {
    for (pool.fill(); !pool.isIdle; await pool.news()) {
      if (signal.aborted) continue;
      for (const event of order.ready()) yield* told(event);
      yield* told(progress());
    }
  } finally {
    await pool.close();
  }
  // Aborted or not: what was answered is paid for.
  for (const event of order.ready()) yield* told(event);
  for (const event of order.rest()) yield* told(event);
  signal.throwIfAborted();
  yield* told(progress());
  const failed = runs.find(({ state }) => state === "failed");
  if (failed !== undefined) {
    const { error, number, bounds } = failed;
    throw partError(error, { number, count: runs.length, ...bounds });
  }
  for (const warning of silencesOf(runs)) yield { type: "warning", warning };
}

/** Says a warning once, progress where there is some, and that speakers are named by part. */
function createTelling(): (event: RecognitionEvent) => Generator<RecognitionEvent> {
  const warned = new Set<string>();
  let doneMs = 0;
  return function* told(event): Generator<RecognitionEvent> {
    if (event.type === "progress") {
      if (event.audioMs <= doneMs) return;
      doneMs = event.audioMs;
    } else if (event.type === "warning") {
      const key = JSON.stringify([event.warning.code, event.warning.message]);
      if (warned.has(key)) return;
      warned.add(key);
    } else if (event.type === "final" && event.segment.speaker !== undefined) {
      yield* told({ type: "warning", warning: SPEAKERS_BY_PART });
    }
    yield event;
  };
}

/** What no part heard: anything at all, or anything in a channel. */
function silencesOf([first, ...others]: readonly PartRun[]): Warning[] {
  if (first === undefined)
    return [{ code: NO_SPEECH, message: "no speech was found in the audio" }];
  return first.silences.filter(({ message }) =>
    others.every(({ silences }) => silences.some((silence) => silence.message === message)),
  );
}
