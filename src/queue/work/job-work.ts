/** One job of the queue, from what it says to what became of it. */
import { type AsrError, asAsrError, audioError } from "../../errors.ts";
import { redactError } from "../../http/redact.ts";
import { IncompleteError } from "../../jobs/incomplete.ts";
import type { Input } from "../../jobs/inputs/input.ts";
import type { PreparedJob } from "../../jobs/prepare.ts";
import { type PlanRequest, withPrepared } from "../../jobs/prepared-input.ts";
import { recognise, type Stage } from "../../jobs/recognise.ts";
import type { Recogniser } from "../../jobs/recogniser.ts";
import type { JobEvent } from "../../transcript/events.ts";
import type { JobStore } from "../job-store.ts";
import {
  isOutcomeEvent,
  OUTCOME_VERSION,
  type Outcome,
  type OutcomeEvent,
  writtenError,
} from "../outcome.ts";
import type { Payload } from "../payload.ts";
import { JobAnswers } from "./answers.ts";
import { isHandedBack } from "./hand-back.ts";
import { bytesOfJob, fileOfJob } from "./queued-input.ts";

/** What a worker brings to every job. */
export interface Workshop
  extends Pick<PlanRequest, "tools" | "speechModel" | "temporaryFolder" | "onExit"> {
  readonly store: JobStore;
  /** The folder below which files may be read, absolute. */
  readonly root: string;
  /** Values of credentials: none leaves this process. */
  readonly secrets: readonly string[];
  /** @throws AsrError for a provider that this worker can't ask. */
  readonly recogniserFor: (payload: Payload) => Promise<Recogniser>;
}

export interface JobCall {
  readonly job: string;
  readonly payload: Payload;
  readonly signal: AbortSignal;
  readonly onStage: (stage: Stage, audioMs: number) => void;
  readonly onEvent: (event: JobEvent) => void;
}

/** @throws what hands the job back; a failure of the job is its outcome. */
export async function workOn(shop: Workshop, call: JobCall): Promise<Outcome> {
  const events: OutcomeEvent[] = [];
  const { job, payload, signal } = call;
  let sha256: string | undefined;
  try {
    const recogniser = await shop.recogniserFor(payload);
    const input = inputOf(payload);
    return await withPrepared(planRequest(shop, call, recogniser), input, async (prepared) => {
      const answers = new JobAnswers({
        store: shop.store,
        job,
        earlierHold:
          payload.answeredFor !== undefined &&
          payload.answeredFor === (await prepared.job.sha256()),
      });
      const place = { ...shop, signal, answers, onStage: call.onStage };
      try {
        return await heard(prepared, recogniser, place, call, events);
      } catch (error) {
        // Of what is kept of it, the next try must know what it was said of.
        if (!isHandedBack(error)) sha256 = await prepared.job.sha256().catch(() => undefined);
        throw error;
      }
    });
  } catch (thrown) {
    if (isHandedBack(thrown) || signal.aborted) throw thrown;
    const error = redactError(asAsrError(thrown), shop.secrets);
    return failed(error, thrown, events, sha256);
  }
}

async function heard(
  prepared: PreparedJob,
  { context }: Recogniser,
  place: Parameters<typeof recognise>[2],
  { signal, onEvent }: JobCall,
  events: OutcomeEvent[],
): Promise<Outcome> {
  for await (const event of recognise(prepared, { ...context, signal }, place)) {
    onEvent(event);
    if (isOutcomeEvent(event)) events.push(event);
    if (event.type !== "done") continue;
    const { durationMs, source } = event.transcript;
    const sha256 = source === undefined ? {} : { sha256: source.sha256 };
    return { schemaVersion: OUTCOME_VERSION, events, durationMs, ...sha256 };
  }
  throw new Error(`${prepared.job.recording.name}: no end of its recognition`);
}

function failed(
  error: AsrError,
  thrown: unknown,
  events: OutcomeEvent[],
  sha256: string | undefined,
): Outcome {
  const isIncomplete = thrown instanceof IncompleteError;
  return {
    schemaVersion: OUTCOME_VERSION,
    events,
    error: writtenError(error),
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(isIncomplete ? { durationMs: thrown.transcript.durationMs } : {}),
  };
}

function inputOf({ name, input }: Payload): Input {
  const path = input.kind === "path" ? { path: input.path } : {};
  // What headerless audio is was settled by who submitted it.
  return { name, relativePath: name, explicit: true, ...path };
}

function planRequest(
  shop: Workshop,
  { job, payload, signal }: JobCall,
  recogniser: Recogniser,
): PlanRequest {
  const { wishes, strict, raw, name, input } = payload;
  return {
    ...shop,
    signal,
    wishes,
    strict,
    recogniserOf: () => recogniser,
    rawFormatOf: () => raw,
    openSource: async () => {
      if (input.kind === "path") return fileOfJob(input, name, shop.root);
      const bytes = await shop.store.input(job);
      if (bytes?.length === input.sizeBytes) return bytesOfJob(bytes, name);
      throw audioError(
        `${name}: its bytes are not in the queue any more`,
        "run the command that submitted it again",
      );
    },
  };
}
