/** The queue of one account as its submitter sees it: jobs are put there, and followed to their end. */
import { Queue, QueueEvents } from "bullmq";
import type { Redis } from "ioredis";
import { systemCode } from "../../errors.ts";
import type { Clock } from "../../providers/contract.ts";
import { KEPT_SECONDS, KEY_PREFIX, QUEUES_KEY } from "../names.ts";
import type { Payload } from "../payload.ts";
import { readProgress } from "../progress.ts";
import { Following } from "./following.ts";

export interface LineRequest {
  readonly redis: Redis;
  /** As `queueName` makes it. */
  readonly name: string;
  readonly clock: Clock;
  readonly onTrouble: (error: Error) => void;
  /** Told where nobody takes from it. */
  readonly onAlone: (name: string) => void;
}

/** How a job stands that somebody may have put there before. */
export type Standing = "none" | "failed" | "finished" | "begun" | "waiting";

/**
 * Events can be lost: the stream is trimmed, and what a Redis had not written down when it was killed
 * is gone. So often all jobs are asked about.
 */
const ASKED_EVERY_MS = 10_000;
/** A worker may be starting. */
const ALONE_AFTER_MS = 5000;

export class Line {
  readonly name: string;
  readonly #redis: Redis;
  readonly #queue: Queue;
  readonly #events: QueueEvents;
  readonly #followed = new Map<string, Following>();
  readonly #closing = new AbortController();

  static async open(request: LineRequest): Promise<Line> {
    const { redis, name } = request;
    await redis.sadd(QUEUES_KEY, name);
    // What comes from here on: a job that ends before anybody listens would be waited for.
    const [last] = await redis.xrevrange(`${KEY_PREFIX}:${name}:events`, "+", "-", "COUNT", 1);
    return new Line(request, last?.[0] ?? "0-0");
  }

  private constructor(request: LineRequest, lastEventId: string) {
    const { redis, name, clock, onTrouble } = request;
    const place = { connection: redis, prefix: KEY_PREFIX };
    this.name = name;
    this.#redis = redis;
    this.#queue = new Queue(name, place);
    this.#events = new QueueEvents(name, { ...place, lastEventId });
    const tell = (error: Error) => {
      // Of a server that is gone the connection tells.
      if (systemCode(error) === undefined) onTrouble(error);
    };
    this.#queue.on("error", tell);
    this.#events.on("error", tell);
    this.#events.on("active", ({ jobId }) => this.#followed.get(jobId)?.began());
    this.#events.on("completed", ({ jobId }) => this.#followed.get(jobId)?.ended());
    this.#events.on("failed", ({ jobId }) => this.#followed.get(jobId)?.ended());
    this.#events.on("removed", ({ jobId }) => this.#followed.get(jobId)?.lost());
    this.#events.on("progress", ({ jobId, data }) => {
      const progress = readProgress(data);
      if (progress !== undefined) this.#followed.get(jobId)?.progressed(progress);
    });
    this.#askNowAndThen(clock).catch(() => {});
    this.#lookForWorkers(request).catch(() => {});
  }

  /** Follows a job, from before it is put there. @returns what tells of it, until it is let go */
  follow(job: string): Following {
    const following = new Following(() => this.#followed.delete(job));
    this.#followed.set(job, following);
    return following;
  }

  async standing(job: string): Promise<Standing> {
    const state = await this.#queue.getJobState(job);
    if (state === "unknown") return "none";
    if (state === "completed") return "finished";
    if (state === "failed") return "failed";
    return state === "active" ? "begun" : "waiting";
  }

  async put(job: string, payload: Payload): Promise<void> {
    await this.#queue.add(payload.name, payload, {
      jobId: job,
      removeOnComplete: { age: KEPT_SECONDS },
      removeOnFail: { age: KEPT_SECONDS },
    });
  }

  /** Takes a job away. @returns false where a worker has it */
  async remove(job: string): Promise<boolean> {
    return (await this.#queue.remove(job)) > 0;
  }

  /** Takes a job away that waits for a worker. @returns false where one has it, or has done it */
  async withdraw(job: string): Promise<boolean> {
    return (await this.standing(job)) === "waiting" && (await this.remove(job));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled([this.#events.close(), this.#queue.close()]);
  }

  /** Whoever forgot to start a worker would wait without end, and without a word. */
  async #lookForWorkers({ name, clock, onAlone }: LineRequest): Promise<void> {
    await clock.sleep(ALONE_AFTER_MS, this.#closing.signal);
    if ((await this.#queue.getWorkersCount()) === 0) onAlone(name);
  }

  async #askNowAndThen(clock: Clock): Promise<void> {
    for (;;) {
      await clock.sleep(ASKED_EVERY_MS, this.#closing.signal);
      const asked = [...this.#followed].filter(([, following]) => following.isPut);
      await Promise.allSettled(asked.map((each) => this.#ask(...each)));
    }
  }

  async #ask(job: string, following: Following): Promise<void> {
    const standing = await this.standing(job);
    if (standing === "none") {
      // Of a Redis that was emptied nobody would know that there is a queue.
      await this.#redis.sadd(QUEUES_KEY, this.name);
      following.lost();
    } else if (standing === "begun") following.began();
    else if (standing !== "waiting") following.ended();
  }
}
