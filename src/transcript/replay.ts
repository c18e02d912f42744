import type { JobEvent } from "./events.ts";
import { sortSegments } from "./order.ts";
import type { Sound } from "./sound.ts";
import type { Transcript } from "./transcript.ts";

/** A finished transcript as the events of a job: `start`, the finals by time, `done`. */
export function* eventsOf(
  transcript: Transcript,
  sound?: Sound,
): Generator<JobEvent, void, undefined> {
  const { provider, model, source } = transcript;
  yield {
    type: "start",
    provider,
    ...(model === undefined ? {} : { model }),
    ...(source === undefined ? {} : { source }),
  };
  for (const segment of sortSegments(transcript.segments)) yield { type: "final", segment };
  yield { type: "done", transcript, ...(sound === undefined ? {} : { sound }) };
}
