/** A worker: takes jobs from the queues of some accounts until it is told to end. */
import { type Job, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { systemCode } from "../../errors.ts";
import { Admission } from "../../jobs/admission.ts";
import type { Clock } from "../../providers/contract.ts";
import { KEPT_SECONDS, KEY_PREFIX, QUEUES_KEY } from "../names.ts";
import { HandedBackError, handingBack } from "./hand-back.ts";
import { JobLocks, LOCK_MS, STALLED_CHECK_MS } from "./job-locks.ts";
import { takeTurn, type WorkListener } from "./job-turn.ts";
import type { Workshop } from "./job-work.ts";

export interface WorkerQueue {
  /** As `queueName` makes it. */
  readonly name: string;
  /** The most jobs of it at once. */
  readonly atOnce: number;
}

export interface WorkRequest {
  /** For commands that don't block; repeats each until it is answered. */
  readonly redis: Redis;
  readonly queues: readonly WorkerQueue[];
  /** The most jobs of all queues at once. */
  readonly concurrency: number;
  readonly shop: Workshop;
  /** What dashboards call it. */
  readonly name: string;
  readonly listener: WorkListener;
  readonly clock: Clock;
  /** From here on nothing is taken, and nothing more is sent; what is at a vendor may come back. */
  readonly stopping: AbortSignal;
  /** Ends what runs. */
  readonly signal: AbortSignal;
}

/** A job that has killed so many workers is not given to the next. */
const MOST_DEATHS = 3;
/** What is at a vendor is waited for so long once the worker is to end. */
export const PATIENCE_MS = 120_000;
/** Handing back takes a few commands, if Redis is there. */
const HAND_BACK_MS = 5000;
/** A day of figures, by the minute. */
const METRICS_MINUTES = 24 * 60;

/** Resolves once all that it had is finished or handed back. */
export async function work(request: WorkRequest): Promise<void> {
  const { redis, queues, clock, listener, stopping, signal } = request;
  const running = new AbortController();
  const giveBack = () => running.abort(new HandedBackError());
  const admission = new Admission(request.concurrency);
  const turns = new Set<Promise<unknown>>();
  const locks = new JobLocks(redis, clock);
  // Whoever waits here for a place has sent nothing yet.
  const waiting = handingBack(stopping);
  await redis.sadd(QUEUES_KEY, ...queues.map(({ name }) => name));
  const workers = queues.map(({ name, atOnce }) => {
    const lane = { key: name, limit: atOnce };
    const turn = {
      ...request,
      signal: running.signal,
      enter: () => admission.enter(lane, waiting),
    };
    const process = (job: Job, token = "") => {
      const release = locks.hold(worker.toKey(`${job.id}:lock`), token);
      const taken = takeTurn(turn, job, token);
      turns.add(taken);
      const over = () => {
        release();
        turns.delete(taken);
      };
      taken.then(over, over);
      return taken;
    };
    const worker: Worker = new Worker(name, process, {
      connection: redis,
      prefix: KEY_PREFIX,
      name: request.name,
      concurrency: Math.min(atOnce, request.concurrency),
      lockDuration: LOCK_MS,
      skipStalledCheck: true,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: MOST_DEATHS - 1,
      metrics: { maxDataPoints: METRICS_MINUTES },
      removeOnComplete: { age: KEPT_SECONDS },
      removeOnFail: { age: KEPT_SECONDS },
    });
    const tell = (error: Error) => {
      // Of a server that is gone the connection tells.
      if (systemCode(error) === undefined) listener.trouble(error);
    };
    worker.on("error", tell);
    const handOver = () => worker.backend.moveStalledJobsToWait();
    locks.watch(handOver, tell, stopping).catch(() => {});
    return worker;
  });
  await aborted(stopping, signal);
  const closed = Promise.all(workers.map((worker) => worker.close()));
  const ended = new AbortController();
  const patience = AbortSignal.any([signal, ended.signal]);
  const waitOver = clock.sleep(PATIENCE_MS, patience).catch(() => {});
  // Where Redis is down, `closed` may not come, and nothing is at a vendor.
  await Promise.race([closed, waitOver, Promise.allSettled(turns)]);
  giveBack();
  await Promise.race([closed, clock.sleep(HAND_BACK_MS, ended.signal).catch(() => {})]);
  ended.abort();
  locks.close();
}

function aborted(...signals: readonly AbortSignal[]): Promise<void> {
  const any = AbortSignal.any([...signals]);
  if (any.aborted) return Promise.resolve();
  return new Promise((resolve) => any.addEventListener("abort", () => resolve(), { once: true }));
}
