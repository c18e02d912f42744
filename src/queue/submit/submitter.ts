/** Has a run's inputs recognised by whatever workers take them from the queue. */
import type { Redis } from "ioredis";
import { AsrError } from "../../errors.ts";
import { abortable } from "../../http/abortable.ts";
import { Admission } from "../../jobs/admission.ts";
import type { Delegate, Errand } from "../../jobs/delegate.ts";
import { IncompleteError } from "../../jobs/incomplete.ts";
import type { Clock } from "../../providers/contract.ts";
import { createAssembler } from "../../transcript/assemble.ts";
import type { JobEvent } from "../../transcript/events.ts";
import { type Finished, JobStore } from "../job-store.ts";
import { queueName } from "../names.ts";
import { type Outcome, readError } from "../outcome.ts";
import { Line } from "./line.ts";
import { type QueuedErrand, queuedErrand, type Submission } from "./queued-errand.ts";

export interface SubmitterRequest extends Submission {
  readonly redis: Redis;
  readonly clock: Clock;
  /** The user's name for the account at a vendor. */
  readonly accountOf: (vendor: string) => string;
  readonly onTrouble: (error: Error) => void;
  /** Told of a queue that nobody takes from. */
  readonly onAlone: (name: string) => void;
}

/** Jobs that are on the queue at once: enough for many workers, few enough for Redis' memory. */
const AT_ONCE = 1000;
/** Jobs that are being put there at once: so many inputs are in memory. */
const PUT_AT_ONCE = 16;
/** A job that vanished so often is not put there again. */
const MOST_LOSSES = 3;
/** So long a Redis may take to answer whoever wants to end. */
const LEAVE_MS = 3000;

export class Submitter implements Delegate {
  readonly atOnce = AT_ONCE;
  /** Jobs that a worker had when this run was called off: they go on. */
  leftRunning = 0;
  readonly #request: SubmitterRequest;
  readonly #store: JobStore;
  readonly #lines = new Map<string, Promise<Line>>();
  readonly #admission = new Admission(PUT_AT_ONCE);

  constructor(request: SubmitterRequest) {
    this.#request = request;
    this.#store = new JobStore(request.redis);
  }

  async *recognise(errand: Errand): AsyncGenerator<JobEvent> {
    const queued = await queuedErrand(errand, this.#request);
    const { signal } = errand;
    // A queue that is down keeps nobody from leaving.
    const line = await abortable(this.#lineOf(errand.recogniser.provider.vendor), signal);
    yield* this.#followed(errand, queued, line);
    const finished = await abortable(this.#store.finished(queued.job), signal);
    const areKept = await keepAnswers(errand, finished);
    await abortable(this.#forget(queued.job, line, areKept), signal);
    yield* outcomeEvents(finished);
  }

  async close(): Promise<void> {
    const closed = [...this.#lines.values()].map(async (line) => (await line).close());
    await this.#withinReason(Promise.allSettled(closed));
  }

  #lineOf(vendor: string): Promise<Line> {
    const { redis, clock, accountOf, onTrouble, onAlone } = this.#request;
    const known = this.#lines.get(vendor);
    if (known !== undefined) return known;
    const name = queueName(vendor, accountOf(vendor));
    const opened = Line.open({ redis, name, clock, onTrouble, onAlone });
    this.#lines.set(vendor, opened);
    return opened;
  }

  /** Until it has ended. */
  async *#followed(errand: Errand, queued: QueuedErrand, line: Line): AsyncGenerator<JobEvent> {
    const { onStage, signal } = errand;
    const following = line.follow(queued.job);
    const { stopped } = errand;
    let mayStop = true;
    try {
      signal.throwIfAborted();
      onStage("waiting", 0);
      if (await this.#put(queued, line, signal)) return;
      following.isPut = true;
      for (let losses = 0; ; ) {
        if (mayStop && stopped.aborted) {
          mayStop = false;
          if (await this.#takeBack(queued.job, line)) throw stopped.reason;
        }
        const news = await following.next(mayStop ? AbortSignal.any([signal, stopped]) : signal);
        signal.throwIfAborted();
        if (news === undefined) continue;
        if (news.type === "ended") return;
        if (news.type === "began") {
          mayStop = false;
          yield { type: "progress", audioMs: 0 };
        } else if (news.type === "progress") {
          const { audioMs, stage } = news.progress;
          if (stage === undefined) yield { type: "progress", audioMs };
          else onStage(stage, audioMs);
        } else {
          losses += 1;
          if (losses > MOST_LOSSES) throw vanished(errand.input.name);
          if (await this.#put(queued, line, signal)) return;
        }
      }
    } catch (error) {
      if (signal.aborted && !(await this.#takeBack(queued.job, line))) this.leftRunning += 1;
      throw error;
    } finally {
      following.stop();
    }
  }

  /** In its turn. @returns whether it has been done */
  async #put(queued: QueuedErrand, line: Line, signal: AbortSignal): Promise<boolean> {
    const leave = await this.#admission.enter({ key: line.name, limit: PUT_AT_ONCE }, signal);
    try {
      return await abortable(this.#putNow(queued, line), signal);
    } finally {
      leave();
    }
  }

  /** What an earlier run put there is found again. @returns whether it has been done */
  async #putNow({ job, payload, bytes, earlier }: QueuedErrand, line: Line): Promise<boolean> {
    const standing = await line.standing(job);
    if (standing === "finished") return true;
    if (standing === "begun" || standing === "waiting") return false;
    if (standing === "failed") {
      await line.remove(job);
      await this.#store.keepAnswersOnly(job);
    }
    if (bytes !== undefined) await this.#store.putInput(job, await bytes());
    await this.#store.putAnswers(job, earlier);
    await line.put(job, payload);
    return false;
  }

  /**
   * What no worker has is taken away; the rest is done, and found by the next run. So is what was
   * answered to a worker that handed the job back, or died.
   *
   * @returns whether it was taken away
   */
  async #takeBack(job: string, line: Line): Promise<boolean> {
    const taken = line.withdraw(job).then(async (isTaken) => {
      if (isTaken) await this.#store.keepAnswersOnly(job);
      return isTaken;
    });
    return (await this.#withinReason(taken.catch(() => false))) ?? false;
  }

  /** The job and all that belongs to it; its answers where they are kept elsewhere. */
  async #forget(job: string, line: Line, areKept: boolean): Promise<void> {
    const store = this.#store;
    await Promise.all([line.remove(job), areKept ? store.drop(job) : store.keepAnswersOnly(job)]);
  }

  /** @returns undefined where that took too long: the queue is down, perhaps */
  async #withinReason<Result>(work: Promise<Result>): Promise<Result | undefined> {
    const done = new AbortController();
    const tooLong = this.#request.clock.sleep(LEAVE_MS, done.signal).catch(() => {});
    try {
      return (await Promise.race([work, tooLong])) ?? undefined;
    } finally {
      done.abort();
    }
  }
}

/**
 * What was paid for is in the ledger before the queue forgets it.
 *
 * @returns false where the next run needs what the queue has: nobody could say what was answered for
 */
async function keepAnswers({ entry }: Errand, { outcome, answers }: Finished): Promise<boolean> {
  const isDone = outcome !== undefined && outcome.error === undefined;
  if (entry === undefined || outcome?.sha256 === undefined) return isDone;
  const parts = entry.begin(outcome.sha256);
  for (const { place, events } of answers) {
    if (place !== undefined) await parts.save(place, events);
  }
  return true;
}

function* outcomeEvents({ outcome }: Finished): Generator<JobEvent> {
  if (outcome === undefined) throw diedOut();
  yield* outcome.events;
  const failure = outcome.error === undefined ? undefined : readError(outcome.error);
  if (outcome.durationMs === undefined) {
    throw failure ?? new Error("a job of the queue ended without a result");
  }
  const transcript = transcriptOf(outcome, outcome.durationMs);
  if (failure !== undefined) throw new IncompleteError(failure, transcript);
  yield { type: "done", transcript };
}

function transcriptOf({ events, sha256 }: Outcome, durationMs: number) {
  const start = events.find((event) => event.type === "start");
  if (start === undefined) throw new Error("a job of the queue ended without a start");
  const assembler = createAssembler(start);
  for (const event of events) if (event.type !== "start") assembler.add(event);
  const { source } = start;
  return assembler.transcript({
    durationMs,
    ...(sha256 === undefined || source === undefined
      ? {}
      : { source: { ...source, durationMs, sha256 } }),
  });
}

function vanished(name: string): AsrError {
  return new AsrError("network", `${name}: its job vanishes from the queue`, {
    reason: "it was put there again and again",
    hint: "see that Redis has an append-only file, maxmemory-policy noeviction and nobody who empties it",
  });
}

function diedOut(): AsrError {
  return new AsrError("network", "the job ended without a result", {
    reason: "the workers that had it died, or somebody took it from the queue",
    hint: "look into the workers' logs, then run the same command again",
    retryable: true,
  });
}
