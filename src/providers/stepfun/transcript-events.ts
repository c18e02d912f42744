/** The program's events from what StepFun said. */
import type { RecognitionEvent, ResponseEvent, WarningEvent } from "../../transcript/events.ts";
import type { Segment } from "../../transcript/transcript.ts";
import type { Heard, StepfunAnswer } from "./answer.ts";
import { reconcile } from "./reconcile.ts";
import { segmentsOf } from "./segments.ts";

/** @param durationMs Of the audio; undefined where it is not known. */
export function* partialEvents(
  { text, startMs, endMs }: Heard,
  durationMs: number | undefined,
): Generator<RecognitionEvent> {
  if (text === "") return;
  const segment: Segment =
    startMs === undefined || endMs === undefined
      ? { text, startMs: 0, endMs: durationMs ?? 0, approximate: true }
      : { text, startMs, endMs };
  yield { type: "partial", segment };
  if (endMs !== undefined) yield { type: "progress", audioMs: endMs };
}

/** The text of `done`, cut into the groups that the deltas made. */
export function* finalEvents(
  { groups, done }: StepfunAnswer,
  durationMs: number | undefined,
  timesWanted: boolean,
): Generator<RecognitionEvent> {
  const reconciled = done.text === undefined ? groups : reconcile(groups, done.text);
  const segments = segmentsOf(reconciled, durationMs);
  for (const segment of segments) yield { type: "final", segment };
  if (segments.length === 0) yield noSpeech();
  else if (timesWanted && segments.every((segment) => segment.approximate === true)) {
    yield warning("approximate-times", "stepfun gave no times: they are shared out by text length");
  }
}

/** What the answer said besides text. */
export function responseEvent(
  { done, groups, sessionId, raw }: StepfunAnswer,
  facts: {
    readonly model: string;
    readonly durationMs: number | undefined;
    /** How many went out, repeats too. */
    readonly requests: number;
    readonly twice: boolean;
  },
): ResponseEvent {
  const { tokens } = done;
  return {
    type: "response",
    ...(sessionId === undefined ? {} : { requestId: sessionId }),
    model: facts.model,
    usage: {
      requests: facts.requests,
      billedMs: facts.durationMs ?? groups.at(-1)?.endMs ?? 0,
      ...(tokens === undefined ? {} : { tokens }),
      ...(facts.twice ? { possiblyBilledTwice: true } : {}),
    },
    ...(raw === undefined ? {} : { raw }),
  };
}

export function noSpeech(): WarningEvent {
  return warning("no-speech", "no speech was found in the audio");
}

export function billedTwice(): WarningEvent {
  const message = "a request was repeated although its answer was lost: StepFun may bill it twice";
  return warning("possibly-billed-twice", message);
}

function warning(code: string, message: string): WarningEvent {
  return { type: "warning", warning: { code, message } };
}
