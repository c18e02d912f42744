/** Many inputs: each becomes a job whose events go to its sink. */
import { hasAudioName } from "../audio/audio-name.ts";
import { type AsrError, asAsrError } from "../errors.ts";
import type { Clock } from "../http/clock.ts";
import type { WarningEvent } from "../transcript/events.ts";
import { IncompleteError, keptIn } from "./incomplete.ts";
import { skipped } from "./inputs/audio-content.ts";
import type { Input, SkippedInput } from "./inputs/input.ts";
import { inLanes } from "./lanes.ts";
import type { OpenSink } from "./outputs/destination.ts";
import type { ResultSink } from "./outputs/results.ts";
import { jobsAtOnce } from "./recogniser.ts";
import { createStops } from "./stops.ts";
import { type InputRequest, type RunningListener, transcribeInput } from "./transcribe-input.ts";

export interface TranscriptionRequest extends InputRequest {
  readonly inputs: readonly Input[];
  /** What was left out already: told to the listener, and counted. */
  readonly skipped?: readonly SkippedInput[];
  readonly openSink: OpenSink;
  /** Jobs at once; each provider's own limit holds as well. */
  readonly concurrency: number;
  readonly clock: Clock;
  readonly listener: JobListener;
}

/** Told what happens, for the terminal. */
export interface JobListener extends RunningListener {
  failed(input: Input, error: AsrError): void;
  /** A file of a folder that is no audio; the message says why, without the input's name. */
  skipped(input: Input, error: AsrError): void;
}

export interface TranscriptionSummary {
  readonly done: number;
  /** Files of folders that are no audio: neither done nor failed. */
  readonly skipped: number;
  readonly failures: readonly AsrError[];
  /** Inputs that were not tried: the run was stopped, or all that goes to their provider. */
  readonly left: number;
  /** Set where the run was stopped: every other input would have failed alike. */
  readonly stoppedBy?: AsrError;
}

/** What a folder held besides recordings; a name that promises one is not passed over. */
export function isPassedOver({ explicit, name }: Input, { kind, details }: AsrError): boolean {
  return !explicit && kind === "audio" && details.notAudio === true && !hasAudioName(name);
}

/**
 * Works through all inputs; one that fails does not stop the others, unless all would fail alike.
 *
 * @throws the signal's reason where the run was aborted.
 */
export async function transcribeInputs(
  request: TranscriptionRequest,
): Promise<TranscriptionSummary> {
  const { listener, inputs, onExit, signal, clock, recogniserOf } = request;
  const failures: AsrError[] = [];
  const stops = createStops();
  let done = 0;
  let left = 0;
  let skippedCount = 0;
  const pass = ({ input, error }: SkippedInput): void => {
    skippedCount += 1;
    listener.skipped(input, error);
  };
  const fail = (input: Input, error: AsrError): void => {
    stops.tell(error);
    failures.push(error);
    listener.failed(input, error);
  };
  for (const other of request.skipped ?? []) pass(other);
  await inLanes(
    inputs,
    {
      laneOf: (input) => recogniserOf(input).provider.id,
      limitOf: (input) => jobsAtOnce(recogniserOf(input)),
      concurrency: request.concurrency,
    },
    async (input, index) => {
      if (signal.aborted) return;
      if (stops.isStopped(recogniserOf(input).provider.id)) {
        left += 1;
        return;
      }
      const sink = request.openSink(input, index, { signal, clock, onExit });
      try {
        await transcribeInput({ ...request, maxRequests: request.concurrency }, input, sink);
        done += 1;
      } catch (thrown) {
        const failure = signal.aborted ? calledOff(signal.reason, thrown) : asAsrError(thrown);
        const passedOver = !signal.aborted && isPassedOver(input, failure);
        const { error, broken } = await endSink(sink, failure, passedOver);
        // The others are let end as well: each has a vendor to tell. The reason is thrown below.
        if (signal.aborted) {
          if (error !== failure) listener.event(input, keptWarning(error));
          return;
        }
        if (passedOver) pass(skipped(input, error));
        else fail(input, error);
        if (broken !== undefined && broken !== error) fail(input, broken);
      }
    },
  );
  signal.throwIfAborted();
  const summary = { done, skipped: skippedCount, failures, left };
  const stoppedBy = stops.common(new Set(inputs.map((input) => recogniserOf(input).provider.id)));
  return stoppedBy === undefined ? summary : { ...summary, stoppedBy };
}

/** The reason of an abort, with what had been recognised by then. */
function calledOff(reason: unknown, thrown: unknown): AsrError {
  const error = asAsrError(reason);
  return thrown instanceof IncompleteError ? new IncompleteError(error, thrown.transcript) : error;
}

function keptWarning({ details }: AsrError): WarningEvent {
  const message = details.hint ?? "what was recognised is kept";
  return { type: "warning", warning: { code: "incomplete", message } };
}

/**
 * Lets out what a format had held back, where its text stays; a broken output is known already.
 * What was recognised of a job that failed half-way is kept.
 *
 * @param untold where nothing is to be told of it
 * @returns the error to report; `broken`: why the output could not be ended: what others had left
 *   to it may be lost
 */
async function endSink(
  sink: ResultSink,
  error: AsrError,
  untold: boolean,
): Promise<{ readonly error: AsrError; readonly broken?: AsrError }> {
  const incomplete = error instanceof IncompleteError ? error : undefined;
  try {
    const got = incomplete === undefined ? {} : { transcript: incomplete.transcript };
    if (!untold && error.kind !== "output") await sink.write({ type: "error", error, ...got });
  } catch {
    // The first error is the one to report.
  }
  try {
    if (incomplete !== undefined) return { error: keptIn(incomplete, await sink.keep()) };
    await sink.discard();
    return { error };
  } catch (thrown) {
    return { error, broken: asAsrError(thrown) };
  }
}
