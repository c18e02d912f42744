/** One input from its bytes to its committed result. */
import type { JobEvent } from "../transcript/events.ts";
import type { Transcript } from "../transcript/transcript.ts";
import type { Delegate, Errand } from "./delegate.ts";
import { mayBeHeaderless } from "./inputs/audio-content.ts";
import type { Input } from "./inputs/input.ts";
import type { LedgerEntry } from "./ledger/ledger.ts";
import type { ResultSink } from "./outputs/results.ts";
import type { PartStore } from "./parts/stored.ts";
import type { PreparedJob } from "./prepare.ts";
import { type PlanRequest, withPrepared } from "./prepared-input.ts";
import { recognise, type Stage } from "./recognise.ts";

export interface InputRequest extends PlanRequest {
  readonly listener: RunningListener;
  /** Who recognises the inputs in place of this process. */
  readonly delegate?: Delegate;
  /** For a delegate: see {@link Errand}. */
  readonly stopped?: AbortSignal;
}

export interface RunningListener {
  event(input: Input, event: JobEvent): void;
  /** What is done before anything is sent, and how far, in milliseconds of audio. */
  stage(input: Input, stage: Stage, audioMs: number): void;
}

/**
 * @param entry is told what is answered, and that it is done
 * @returns what was recognised, once it is where it belongs
 * @throws AsrError; the signal's reason where it was aborted. Leaves `sink` and
 *   `entry` to its caller then.
 */
export async function transcribeInput(
  request: InputRequest,
  input: Input,
  sink: ResultSink,
  entry?: LedgerEntry,
): Promise<Transcript> {
  const { listener, delegate } = request;
  const onStage = (stage: Stage, audioMs: number) => listener.stage(input, stage, audioMs);
  if (delegate !== undefined) {
    const errand = errandOf(request, input, entry);
    return written(request, input, delegate.recognise({ ...errand, onStage }), sink, entry);
  }
  const { context } = request.recogniserOf(input);
  const workplace = { ...request, onStage };
  return withPrepared(request, input, async (prepared) => {
    const answers = await answersOf(prepared, entry);
    const place = answers === undefined ? workplace : { ...workplace, answers };
    return written(request, input, recognise(prepared, context, place), sink, entry);
  });
}

async function written(
  { listener, onRecognised }: InputRequest,
  input: Input,
  events: AsyncIterable<JobEvent>,
  sink: ResultSink,
  entry: LedgerEntry | undefined,
): Promise<Transcript> {
  let transcript: Transcript | undefined;
  for await (const event of events) {
    listener.event(input, event);
    await sink.write(event);
    if (event.type === "done") transcript = event.transcript;
  }
  if (transcript === undefined) throw new Error(`${input.name}: no end of its recognition`);
  onRecognised?.();
  await sink.commit();
  await entry?.done(transcript);
  return transcript;
}

function errandOf(
  request: InputRequest,
  input: Input,
  entry: LedgerEntry | undefined,
): Omit<Errand, "onStage"> {
  if (input.error !== undefined) throw input.error;
  const { wishes, strict, signal, stopped = new AbortController().signal } = request;
  const raw = mayBeHeaderless(input) ? request.rawFormatOf(input) : undefined;
  return {
    input,
    recogniser: request.recogniserOf(input),
    wishes,
    strict,
    ...(raw === undefined ? {} : { raw }),
    ...(entry === undefined ? {} : { entry }),
    signal,
    stopped,
  };
}

/** Of a pipe that is read only once nobody knows in time what it holds. */
async function answersOf(
  { job }: PreparedJob,
  entry: LedgerEntry | undefined,
): Promise<PartStore | undefined> {
  if (entry === undefined || !job.recording.reopenable) return undefined;
  return entry.begin(await job.sha256());
}
