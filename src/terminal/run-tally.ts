/**
 * What has become of a run's inputs so far: counts, sums, and the jobs at work. Nothing is kept of
 * an input that has ended, so that 100 000 take no more room than twenty.
 */
import type { JobEvent } from "../transcript/events.ts";
import type { Transcript } from "../transcript/transcript.ts";
import { Billing, type HourlyPrice } from "./billing.ts";

/** Known by its identity: two inputs of a run may have one name. */
export interface NamedInput {
  readonly name: string;
}

/** Why nothing is to be done for an input. */
export type PassedBecause = "done_before" | "elsewhere";

export interface RunningJob {
  readonly name: string;
  readonly provider: string;
  /** Undefined while the length is not known (a pipe). */
  readonly totalMs?: number;
  /** Audio that was recognised. */
  doneMs: number;
  /** What goes on before anything is sent, and how far. */
  stage?: { readonly name: string; readonly audioMs: number } | undefined;
}

export interface RunTallyOptions {
  /** Of the inputs, with those that will turn out to be no audio. */
  readonly total: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly priceOf: (provider: string) => HourlyPrice | undefined;
  /** False where nobody is asked: what recorded answers say of it was paid when they were recorded. */
  readonly isBilled: boolean;
}

export class RunTally {
  /** By this run. */
  done = 0;
  failed = 0;
  /** Done by an earlier run, or another one. */
  doneBefore = 0;
  /** Left to another run. */
  elsewhere = 0;
  /** Files of folders that are no audio; no part of `total`. */
  skipped = 0;
  /** Audio of what is done, in milliseconds. */
  audioMs = 0;
  readonly billing: Billing;
  readonly #options: RunTallyOptions;
  readonly #startedMs: number;
  readonly #running = new Map<NamedInput, RunningJob>();
  #firstJobMs: number | undefined;

  constructor(options: RunTallyOptions) {
    this.#options = options;
    this.#startedMs = options.now();
    this.billing = new Billing(options.priceOf);
  }

  event(input: NamedInput, event: JobEvent): void {
    if (event.type === "start") {
      const { provider, source } = event;
      const totalMs = source?.durationMs;
      this.#firstJobMs ??= this.#options.now();
      this.#running.set(input, {
        name: input.name,
        provider,
        doneMs: 0,
        ...(totalMs === undefined ? {} : { totalMs }),
      });
      return;
    }
    const job = this.#running.get(input);
    if (job === undefined) return;
    if (event.type === "progress") {
      job.doneMs = event.audioMs;
      job.stage = undefined;
    } else if (event.type === "response" && event.earlier !== true && this.#options.isBilled) {
      this.billing.add(job.provider, event.usage?.billedMs ?? 0);
    }
  }

  stage(input: NamedInput, name: string, audioMs: number): void {
    const job = this.#running.get(input);
    if (job !== undefined) job.stage = { name, audioMs };
  }

  finish(input: NamedInput, { durationMs }: Pick<Transcript, "durationMs">): void {
    this.#running.delete(input);
    this.done += 1;
    this.audioMs += durationMs;
  }

  fail(input: NamedInput): void {
    this.#running.delete(input);
    this.failed += 1;
  }

  skip(input: NamedInput): void {
    this.#running.delete(input);
    this.skipped += 1;
  }

  pass(because: PassedBecause): void {
    if (because === "elsewhere") this.elsewhere += 1;
    else this.doneBefore += 1;
  }

  /** The longest-running first; what is ready and waits for its turn is none of them. */
  get running(): readonly RunningJob[] {
    return [...this.#running.values()].filter(({ stage }) => stage?.name !== "waiting");
  }

  get runningCount(): number {
    return this.running.length;
  }

  get total(): number {
    return this.#options.total - this.skipped;
  }

  /** Inputs whose turn has not come. */
  get waiting(): number {
    const ended = this.done + this.failed + this.doneBefore + this.elsewhere;
    return Math.max(0, this.total - ended - this.runningCount);
  }

  /** Inputs that have not ended. */
  get leftCount(): number {
    return this.waiting + this.runningCount;
  }

  /** Milliseconds since the run began. */
  get elapsedMs(): number {
    return this.#options.now() - this.#startedMs;
  }

  /** Milliseconds since its first job began: what was done before says nothing of speed. */
  get workingMs(): number {
    return this.#firstJobMs === undefined ? 0 : this.#options.now() - this.#firstJobMs;
  }
}
