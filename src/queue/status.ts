/** How the queues stand, as BullMQ counts them. */
import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { KEY_PREFIX, QUEUES_KEY } from "./names.ts";

export interface QueueStatus {
  readonly name: string;
  readonly waiting: number;
  readonly active: number;
  /** Handed back for a while. */
  readonly delayed: number;
  /** That nobody has taken away; those of a run that goes on are taken as they come. */
  readonly completed: number;
  readonly failed: number;
  /** Finished in the last whole minute in which anything was. */
  readonly perMinute: number;
  /** Names of those that are connected. */
  readonly workers: readonly string[];
}

/** Older figures say nothing of now. */
const FRESH_MS = 3 * 60_000;

/** All queues that were ever used there, by name. */
export async function queueStatuses(redis: Redis, nowMs: number): Promise<readonly QueueStatus[]> {
  const names = (await redis.smembers(QUEUES_KEY)).sort();
  return Promise.all(names.map((name) => statusOf(name, redis, nowMs)));
}

async function statusOf(name: string, redis: Redis, nowMs: number): Promise<QueueStatus> {
  const queue = new Queue(name, { connection: redis, prefix: KEY_PREFIX, skipMetasUpdate: true });
  // Told by whoever asks.
  queue.on("error", () => {});
  try {
    const [counts, done, failed, workers] = await Promise.all([
      queue.getJobCounts("waiting", "active", "delayed", "completed", "failed"),
      queue.getMetrics("completed", 0, 0),
      queue.getMetrics("failed", 0, 0),
      // A user of Redis may be forbidden to ask who is connected.
      queue.getWorkers().catch(() => []),
    ]);
    const perMinute = [done, failed].reduce((sum, { meta, data }) => {
      const isFresh = nowMs - Number(meta.prevTS) < FRESH_MS;
      return sum + (isFresh ? Number(data[0] ?? 0) : 0);
    }, 0);
    return {
      name,
      waiting: counts.waiting ?? 0,
      active: counts.active ?? 0,
      delayed: counts.delayed ?? 0,
      completed: counts.completed ?? 0,
      failed: counts.failed ?? 0,
      perMinute,
      workers: workers.map((worker) => nameOfWorker(worker.rawname ?? worker.name ?? "")).sort(),
    };
  } finally {
    await queue.close();
  }
}

/** Of a connection's name, "asr:<queue in base64>:w:<name>", what the worker calls itself. */
function nameOfWorker(connection: string): string {
  return /:w:(.*)$/.exec(connection)?.[1] ?? connection;
}
