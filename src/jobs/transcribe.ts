/** Many inputs, one provider: each becomes a job whose events go to its sink. */
import pMap from "p-map";
import { hasAudioName } from "../audio/audio-name.ts";
import { type AsrError, asAsrError } from "../errors.ts";
import type { JobEvent } from "../transcript/events.ts";
import { skipped } from "./inputs/audio-content.ts";
import type { Input, SkippedInput } from "./inputs/input.ts";
import type { OpenSink } from "./outputs/destination.ts";
import type { ResultSink } from "./outputs/results.ts";
import { type InputRequest, transcribeInput } from "./transcribe-input.ts";

export interface TranscriptionRequest extends InputRequest {
  readonly inputs: readonly Input[];
  /** What was left out already: told to the listener, and counted. */
  readonly skipped?: readonly SkippedInput[];
  readonly openSink: OpenSink;
  /** Jobs at once; the provider's own limit holds as well. */
  readonly concurrency: number;
  readonly listener: JobListener;
}

/** Told what happens, for the terminal. */
export interface JobListener {
  event(input: Input, event: JobEvent): void;
  failed(input: Input, error: AsrError): void;
  /** A file of a folder that is no audio; the message says why, without the input's name. */
  skipped(input: Input, error: AsrError): void;
}

export interface TranscriptionSummary {
  readonly done: number;
  /** Files of folders that are no audio: neither done nor failed. */
  readonly skipped: number;
  readonly failures: readonly AsrError[];
  /** Set where the run was stopped: every other input would have failed alike. */
  readonly stoppedBy?: AsrError;
}

/** What a folder held besides recordings; a name that promises one is not passed over. */
function isPassedOver({ explicit, name }: Input, { kind, details }: AsrError): boolean {
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
  const { context, listener, inputs, onExit } = request;
  const { signal, clock } = context;
  const failures: AsrError[] = [];
  let stoppedBy: AsrError | undefined;
  let done = 0;
  let skippedCount = 0;
  const pass = ({ input, error }: SkippedInput): void => {
    skippedCount += 1;
    listener.skipped(input, error);
  };
  const fail = (input: Input, error: AsrError): void => {
    if (error.details.stopsBatch) stoppedBy ??= error;
    failures.push(error);
    listener.failed(input, error);
  };
  for (const other of request.skipped ?? []) pass(other);
  const allowed =
    context.account.maxConcurrency ?? request.provider.capabilities.limits.maxConcurrency;
  await pMap(
    inputs,
    async (input, index) => {
      if (stoppedBy !== undefined || signal.aborted) return;
      const sink = request.openSink(input, index, { signal, clock, onExit });
      try {
        await transcribeInput(request, input, sink);
        done += 1;
      } catch (thrown) {
        const error = asAsrError(signal.aborted ? signal.reason : thrown);
        const passedOver = !signal.aborted && isPassedOver(input, error);
        const broken = await endSink(sink, passedOver ? undefined : error);
        // The others are let end as well: each has a vendor to tell. The reason is thrown below.
        if (signal.aborted) return;
        if (passedOver) pass(skipped(input, error));
        else fail(input, error);
        if (broken !== undefined && broken !== error) fail(input, broken);
      }
    },
    { concurrency: Math.min(request.concurrency, allowed) },
  );
  signal.throwIfAborted();
  const summary = { done, skipped: skippedCount, failures };
  return stoppedBy === undefined ? summary : { ...summary, stoppedBy };
}

/**
 * Lets out what a format had held back, where its text stays; a broken output is known already.
 *
 * @param error undefined where nothing is to be told
 * @returns why the output could not be ended: what others had left to it may be lost
 */
async function endSink(sink: ResultSink, error?: AsrError): Promise<AsrError | undefined> {
  try {
    if (error !== undefined && error.kind !== "output") await sink.write({ type: "error", error });
  } catch {
    // The first error is the one to report.
  }
  try {
    await sink.discard();
    return undefined;
  } catch (thrown) {
    return asAsrError(thrown);
  }
}
