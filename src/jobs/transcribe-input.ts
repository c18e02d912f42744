/** One input from its bytes to its committed result. */
import type { JobEvent } from "../transcript/events.ts";
import type { Input } from "./inputs/input.ts";
import type { ResultSink } from "./outputs/results.ts";
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

/** @throws AsrError; the signal's reason where it was aborted. Leaves `sink` to its caller then. */
export async function transcribeInput(
  request: InputRequest,
  input: Input,
  sink: ResultSink,
): Promise<void> {
  const { listener } = request;
  const { context } = request.recogniserOf(input);
  const workplace = {
    ...request,
    onStage: (stage: Stage, audioMs: number) => listener.stage(input, stage, audioMs),
  };
  await withPrepared(request, input, async (prepared) => {
    for await (const event of recognise(prepared, context, workplace)) {
      listener.event(input, event);
      await sink.write(event);
    }
    await sink.commit();
  });
}
