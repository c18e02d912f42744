/** One input from its bytes to its committed result. */
import type { JobEvent } from "../transcript/events.ts";
import type { Transcript } from "../transcript/transcript.ts";
import type { Input } from "./inputs/input.ts";
import type { LedgerEntry } from "./ledger/ledger.ts";
import type { ResultSink } from "./outputs/results.ts";
import type { PartStore } from "./parts/stored.ts";
import type { PreparedJob } from "./prepare.ts";
import { type PlanRequest, withPrepared } from "./prepared-input.ts";
import { recognise, type Stage } from "./recognise.ts";

export interface InputRequest extends PlanRequest {
  readonly listener: RunningListener;
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
  const { listener } = request;
  const { context } = request.recogniserOf(input);
  const workplace = {
    ...request,
    onStage: (stage: Stage, audioMs: number) => listener.stage(input, stage, audioMs),
  };
  return withPrepared(request, input, async (prepared) => {
    const answers = await answersOf(prepared, entry);
    const place = answers === undefined ? workplace : { ...workplace, answers };
    let transcript: Transcript | undefined;
    for await (const event of recognise(prepared, context, place)) {
      listener.event(input, event);
      await sink.write(event);
      if (event.type === "done") transcript = event.transcript;
    }
    if (transcript === undefined) throw new Error(`${input.name}: no end of its recognition`);
    request.onRecognised?.();
    await sink.commit();
    await entry?.done(transcript);
    return transcript;
  });
}

/** Of a pipe that is read only once nobody knows in time what it holds. */
async function answersOf(
  { job }: PreparedJob,
  entry: LedgerEntry | undefined,
): Promise<PartStore | undefined> {
  if (entry === undefined || !job.recording.reopenable) return undefined;
  return entry.begin(await job.sha256());
}
