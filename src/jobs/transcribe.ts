/** Many inputs: each becomes a job whose events go to its sink. */
import { hasAudioName } from "../audio/audio-name.ts";
import { type AsrError, asAsrError } from "../errors.ts";
import type { Clock } from "../http/clock.ts";
import type { Transcript } from "../transcript/transcript.ts";
import { Admission } from "./admission.ts";
import { calledOff, endSink, keptWarning } from "./end-job.ts";
import { type Failures, FailureTally } from "./failures.ts";
import { IncompleteError } from "./incomplete.ts";
import { skipped } from "./inputs/audio-content.ts";
import type { Input, SkippedInput } from "./inputs/input.ts";
import { inLanes } from "./lanes.ts";
import type { InputLedger } from "./ledger/input-ledger.ts";
import type { LedgerEntry } from "./ledger/ledger.ts";
import type { OpenSink } from "./outputs/destination.ts";
import { aheadOf, jobsAhead, jobsAtOnce } from "./recogniser.ts";
import { createStops } from "./stops.ts";
import { type InputRequest, type RunningListener, transcribeInput } from "./transcribe-input.ts";

export interface TranscriptionRequest extends InputRequest {
  readonly inputs: readonly Input[];
  /** What was left out already: told to the listener, and counted. */
  readonly skipped?: readonly SkippedInput[];
  readonly openSink: OpenSink;
  /** Knows what is done, and is told; undefined: all is done anew. */
  readonly ledger?: InputLedger;
  /** Jobs at once; each provider's own limit holds as well. */
  readonly concurrency: number;
  readonly clock: Clock;
  readonly listener: JobListener;
}

/** Told what happens, for the terminal. */
export interface JobListener extends RunningListener {
  /** Its results are in their places. */
  done(input: Input, transcript: Transcript): void;
  failed(input: Input, error: AsrError): void;
  /** A file of a folder that is no audio; the message says why, without the input's name. */
  skipped(input: Input, error: AsrError): void;
  /** Nothing is to be done for it: it was done by an earlier run, or is left to another one. */
  passed(input: Input, because: "done_before" | "elsewhere"): void;
}

/** How the inputs of a run ended. */
export interface JobsSummary {
  readonly done: number;
  /** Files of folders that are no audio: neither done nor failed. */
  readonly skipped: number;
  readonly failures: Failures;
  /** Inputs that were not tried: the run was stopped, or all that goes to their provider. */
  readonly left: number;
  /** Set where the run was stopped: every other input would have failed alike. */
  readonly stoppedBy?: AsrError;
}

export interface TranscriptionSummary extends JobsSummary {
  /** What was done already, by an earlier run or another one. */
  readonly doneBefore: number;
  /** What another run was working on to the end of this one. */
  readonly elsewhere: number;
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
  const { listener, inputs, onExit, signal, clock, recogniserOf, ledger } = request;
  const failures = new FailureTally();
  const stops = createStops();
  const admission = new Admission(request.concurrency);
  /** Of each provider: aborted when nothing more goes there. */
  const stopped = new Map<string, AbortController>();
  const stoppedSignal = (key: string): AbortSignal => {
    const known = stopped.get(key) ?? new AbortController();
    stopped.set(key, known);
    return known.signal;
  };
  const counts = { done: 0, doneBefore: 0, left: 0, skipped: 0 };
  /** What other runs work on. */
  let elsewhere: Turn[] = [];
  /** Until it is known of all these runs whether they are at work. */
  let doubtMs = 0;
  const pass = ({ input, error }: SkippedInput): void => {
    counts.skipped += 1;
    listener.skipped(input, error);
  };
  const fail = (input: Input, error: AsrError): void => {
    stops.tell(error);
    for (const [key, stopping] of stopped) {
      if (stops.isStopped(key)) stopping.abort(new NotBegunError());
    }
    failures.add(error);
    listener.failed(input, error);
  };
  for (const other of request.skipped ?? []) pass(other);

  async function transcribe({ input, index }: Turn, entry: LedgerEntry | undefined): Promise<void> {
    const sink = request.openSink(input, index, { signal, clock, onExit });
    const recogniser = recogniserOf(input);
    const key = recogniser.provider.id;
    let leave = (): void => {};
    const onReady = async (): Promise<void> => {
      listener.stage(input, "waiting", 0);
      leave = await admission.enter({ key, limit: jobsAtOnce(recogniser) }, signal);
      listener.event(input, { type: "progress", audioMs: 0 });
      if (stops.isStopped(key)) throw new NotBegunError();
    };
    try {
      const onRecognised = () => leave();
      const maxRequests = request.concurrency;
      const job = { ...request, maxRequests, onReady, onRecognised, stopped: stoppedSignal(key) };
      const transcript = await transcribeInput(job, input, sink, entry);
      counts.done += 1;
      listener.done(input, transcript);
    } catch (thrown) {
      if (thrown instanceof NotBegunError && !signal.aborted) {
        await sink.discard();
        entry?.release();
        counts.left += 1;
        return;
      }
      const failure = signal.aborted ? calledOff(signal.reason, thrown) : asAsrError(thrown);
      const passedOver = !signal.aborted && isPassedOver(input, failure);
      const { error, kept, broken } = await endSink(sink, failure, passedOver);
      // The others are let end as well: each has a vendor to tell. The reason is thrown below.
      if (signal.aborted) {
        if (error !== failure) listener.event(input, keptWarning(error));
        await entry?.kept(kept);
        entry?.release();
        return;
      }
      if (passedOver) pass(skipped(input, error));
      else fail(input, error);
      if (broken !== undefined && broken !== error) fail(input, broken);
      if (passedOver) entry?.forget();
      else {
        await entry?.kept(kept);
        entry?.failed(error, thrown instanceof IncompleteError ? thrown.transcript : undefined);
      }
    } finally {
      // Not before a failure was told: whoever is next may fail alike.
      leave();
    }
  }

  async function turn(item: Turn): Promise<void> {
    const { input, index } = item;
    if (signal.aborted) return;
    if (stops.isStopped(recogniserOf(input).provider.id)) {
      counts.left += 1;
      return;
    }
    try {
      const claim = await ledger?.claim(input, index);
      if (claim?.state === "ours") return await transcribe(item, claim.entry);
      // What is missing fails by its own reason, and is not told of.
      const isUntold = claim === undefined || claim.state === "missing";
      if (isUntold) return await transcribe(item, undefined);
      if (claim.state === "elsewhere") {
        elsewhere.push(item);
        doubtMs = Math.max(doubtMs, claim.doubtMs);
        return;
      }
      counts.doneBefore += 1;
      listener.passed(input, "done_before");
    } catch (error) {
      // A ledger that can't be asked or told.
      if (!signal.aborted) fail(input, asAsrError(error));
    }
  }

  const { delegate } = request;
  const handedOver =
    delegate === undefined ? undefined : Math.min(delegate.atOnce, request.concurrency);
  const inTurn = (items: readonly Turn[]): Promise<void> =>
    inLanes(
      items,
      {
        laneOf: ({ input }) => recogniserOf(input).provider.id,
        limitOf: ({ input }) => {
          if (handedOver !== undefined) return handedOver;
          const atOnce = Math.min(jobsAtOnce(recogniserOf(input)), request.concurrency);
          return atOnce + jobsAhead(recogniserOf(input), atOnce);
        },
        concurrency: handedOver ?? request.concurrency + aheadOf(request.concurrency),
      },
      turn,
    );
  await inTurn(inputs.map((input, index) => ({ input, index })));
  const again = (): Promise<void> => {
    const others = elsewhere;
    elsewhere = [];
    doubtMs = 0;
    return inTurn(others);
  };
  // By now they are done, or whoever had them is gone.
  await again();
  if (doubtMs > 0 && !signal.aborted) {
    // Killed in a container that nobody can look into, perhaps: who else would do what it had?
    await clock.sleep(doubtMs + TIMER_SLACK_MS, signal).catch(() => {});
    await again();
  }
  for (const { input } of elsewhere) listener.passed(input, "elsewhere");
  signal.throwIfAborted();
  const summary = { ...counts, failures: failures.failures, elsewhere: elsewhere.length };
  const stoppedBy = stops.common(new Set(inputs.map((input) => recogniserOf(input).provider.id)));
  return stoppedBy === undefined ? summary : { ...summary, stoppedBy };
}

/** It was ready, and what it would have met was known by then. */
class NotBegunError extends Error {}

/** A timer may go off before the clock says so. */
const TIMER_SLACK_MS = 100;

/** An input, and its position among all of them. */
interface Turn {
  readonly input: Input;
  readonly index: number;
}
