/** Results that stay in memory: no file, no stream. */
import type { JobEvent } from "../../transcript/events.ts";
import type { Transcript } from "../../transcript/transcript.ts";
import type { ResultSink } from "./results.ts";

/** @param take is given each event of the job, in order; the job waits for it */
export function memorySink(take: (event: JobEvent) => void | Promise<void>): ResultSink {
  return {
    write: async (event) => take(event),
    commit: async () => {},
    discard: async () => {},
    keep: async () => [],
  };
}

/** @param take is given what was recognised, once all of it was */
export function transcriptSink(take: (transcript: Transcript) => void): ResultSink {
  return memorySink((event) => {
    if (event.type === "done") take(event.transcript);
  });
}
