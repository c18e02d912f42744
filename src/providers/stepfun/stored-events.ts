/** Stored events of StepFun: the deltas with their times, and `done` with the text that counts. */
import type { RecognitionEvent } from "../../transcript/events.ts";
import { estimatedMs } from "../../transcript/timing/estimate.ts";
import { eventOf } from "./events.ts";
import { DeltaGroups } from "./groups.ts";
import { finalEvents } from "./transcript-events.ts";

/** @returns undefined for anything but events of one answer; `done` may be missing. */
export function storedEvents(answers: readonly unknown[]): RecognitionEvent[] | undefined {
  const events = answers.map(eventOf);
  if (events.length === 0 || events.some((event) => event === undefined)) return undefined;
  const deltas = new DeltaGroups();
  let done: { readonly type: "done"; readonly text?: string } = { type: "done" };
  let sessionId: string | undefined;
  for (const event of events) {
    sessionId = event?.sessionId ?? sessionId;
    if (event?.type === "error") return undefined;
    if (event?.type === "delta") deltas.add(event);
    if (event?.type === "done") done = event;
  }
  const { groups } = deltas;
  const lastMs = groups.at(-1)?.endMs;
  const durationMs = lastMs ?? estimatedMs(done.text ?? deltas.text);
  const finals = finalEvents({ groups, done }, durationMs, false);
  return [
    ...finals,
    { type: "response", ...(sessionId === undefined ? {} : { requestId: sessionId }) },
  ];
}
