/** One turn of a job at this worker: it is finished, failed, or goes back to the queue. */
import { DelayedError, type Job, UnrecoverableError, WaitingError } from "bullmq";
import { asAsrError } from "../../errors.ts";
import { redactError } from "../../http/redact.ts";
import type { Clock } from "../../providers/contract.ts";
import { OUTCOME_VERSION, type Outcome, writtenError } from "../outcome.ts";
import { NewerJobError, readPayload } from "../payload.ts";
import type { JobProgress } from "../progress.ts";
import { isHandedBack } from "./hand-back.ts";
import { type Workshop, workOn } from "./job-work.ts";

/** What a worker tells of its jobs. */
export interface WorkListener {
  ended(name: string, outcome: Outcome, tookMs: number): void;
  /** It is another worker's again. */
  handedBack(name: string, why: "ending" | "newer"): void;
  /** Something is wrong with the queue itself. */
  trouble(error: Error): void;
}

export interface TurnRequest {
  readonly shop: Workshop;
  readonly listener: WorkListener;
  readonly clock: Clock;
  /** What dashboards call this worker. */
  readonly name: string;
  /** Aborts what runs. */
  readonly signal: AbortSignal;
  /** Waits for a place among this worker's jobs. @returns what gives it back */
  readonly enter: () => Promise<() => void>;
}

/** What BullMQ and its dashboards show of a job that is done. */
export interface JobFigures {
  readonly audioMs: number;
  readonly requests: number;
}

/** A worker that knows more may be about to start. */
const NEWER_WAITS_MS = 30_000;
const TOLD_EVERY_MS = 1000;

/** @throws BullMQ's own errors, by which it knows what became of the job. */
export async function takeTurn(
  { shop, listener, clock, name: worker, signal, enter }: TurnRequest,
  job: Job,
  token: string | undefined,
): Promise<JobFigures> {
  const { id = "" } = job;
  const beganMs = clock.now();
  let leave = (): void => {};
  let outcome: Outcome;
  let name = job.name;
  try {
    const payload = readPayload(job.data);
    name = payload.name;
    leave = await enter();
    const known = job.attemptsStarted > 1 ? await doneBefore(id, shop) : undefined;
    outcome =
      known ??
      (await workOn(shop, {
        job: id,
        payload,
        signal,
        ...progressTeller(job, clock, listener),
      }));
    if (known === undefined) outcome = await put(id, placed(outcome, worker), shop);
  } catch (thrown) {
    if (thrown instanceof NewerJobError) {
      listener.handedBack(name, "newer");
      await job.moveToDelayed(clock.now() + NEWER_WAITS_MS, token);
      throw new DelayedError();
    }
    if (isHandedBack(thrown) || signal.aborted) {
      listener.handedBack(name, "ending");
      await job.moveToWait(token);
      throw new WaitingError();
    }
    const error = writtenError(redactError(asAsrError(thrown), shop.secrets));
    outcome = await put(id, { schemaVersion: OUTCOME_VERSION, events: [], error }, shop);
  } finally {
    leave();
  }
  listener.ended(name, outcome, clock.now() - beganMs);
  if (outcome.error !== undefined) throw shownFailure(outcome.error.message);
  return figuresOf(outcome);
}

/** What a worker made of the job that nobody heard of any more, and that was done all the same. */
async function doneBefore(job: string, { store }: Workshop): Promise<Outcome | undefined> {
  const outcome = await store.outcome(job);
  return outcome?.error === undefined ? outcome : undefined;
}

/** Credentials are a worker's own: whoever reads that they are refused has to know whose. */
function placed(outcome: Outcome, worker: string): Outcome {
  const { error } = outcome;
  if (error?.kind !== "credentials") return outcome;
  const why = error.reason === undefined ? "" : `${error.reason}; `;
  return { ...outcome, error: { ...error, reason: `${why}those of the worker ${worker}` } };
}

/** @returns what counts: no failure takes the place of what another worker made of the job */
async function put(job: string, outcome: Outcome, shop: Workshop): Promise<Outcome> {
  const known = outcome.error === undefined ? undefined : await doneBefore(job, shop);
  if (known === undefined) await shop.store.putOutcome(job, outcome);
  return known ?? outcome;
}

/** Dashboards show it; who submitted the job reads the outcome. */
function shownFailure(message: string): Error {
  const error = new UnrecoverableError(message);
  // Whose files lie where is nobody's business.
  error.stack = "";
  return error;
}

function figuresOf({ events, durationMs = 0 }: Outcome): JobFigures {
  const requests = events.reduce(
    (sum, event) => sum + (event.type === "response" ? (event.usage?.requests ?? 0) : 0),
    0,
  );
  return { audioMs: durationMs, requests };
}

function progressTeller(job: Job, clock: Clock, listener: WorkListener) {
  let toldMs = clock.now();
  const tell = (progress: JobProgress): void => {
    if (clock.now() - toldMs < TOLD_EVERY_MS) return;
    toldMs = clock.now();
    job.updateProgress({ ...progress }).catch((error: Error) => listener.trouble(error));
  };
  return {
    onStage: (stage: NonNullable<JobProgress["stage"]>, audioMs: number) =>
      tell({ stage, audioMs }),
    onEvent: (event: { readonly type: string; readonly audioMs?: number }) => {
      if (event.type === "progress") tell({ audioMs: event.audioMs ?? 0 });
    },
  };
}
