/** Live audio by script, and a recogniser in the test's hands. */
import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import type { LiveAudio } from "../../src/live/live-audio.ts";
import type { LiveJob } from "../../src/live/live-job.ts";
import { utteranceEvents } from "../../src/live/utterances.ts";
import {
  type Account,
  type Clock,
  PLAIN_SETTINGS,
  type Provider,
  type RecognitionSettings,
} from "../../src/providers/contract.ts";
import type { RecognitionEvent } from "../../src/transcript/events.ts";
import type { Interval } from "../../src/transcript/transcript.ts";
import { plainContext } from "../providers/plain-context.ts";

/** Silence after which a detector knows that speech is over. */
const KNOWN_AFTER_MS = 100;
const SAMPLES_PER_MS = 16;

/** 16 kHz s16le; each sample is the millisecond it lies in, so that audio says where it is from. */
export class ScriptedAudio implements LiveAudio {
  readonly sampleRate = 16_000;
  readonly encoding = "s16le";
  endMs = 0;
  ended = false;
  readonly arrivedAtMs = 0;
  releasedMs = 0;
  readonly #script: readonly Interval[];
  readonly #silent: Interval | undefined;
  #waiting: (() => void)[] = [];

  /** @param silent where the samples are 0, whatever the script says */
  constructor(script: readonly Interval[], silent?: Interval) {
    this.#script = script;
    this.#silent = silent;
  }

  get keptFromMs(): number {
    return this.releasedMs;
  }

  get speech(): Interval[] {
    return this.#script
      .filter(({ endMs }) => (this.ended ? 0 : endMs + KNOWN_AFTER_MS) <= this.endMs)
      .filter(({ startMs, endMs }) => endMs > this.releasedMs && startMs < this.endMs)
      .map(({ startMs, endMs }) => ({ startMs, endMs: Math.min(endMs, this.endMs) }));
  }

  get openSinceMs(): number | undefined {
    if (this.ended) return undefined;
    const open = this.#script.find(
      ({ startMs, endMs }) => startMs < this.endMs && endMs + KNOWN_AFTER_MS > this.endMs,
    );
    return open?.startMs;
  }

  bytes(startMs: number, endMs: number): Uint8Array {
    if (startMs < this.releasedMs || endMs > this.endMs) {
      throw new RangeError(`${startMs} to ${endMs} of ${this.releasedMs} to ${this.endMs}`);
    }
    const samples = Int16Array.from({ length: (endMs - startMs) * SAMPLES_PER_MS }, (_, index) => {
      const ms = startMs + Math.floor(index / SAMPLES_PER_MS);
      const { startMs: fromMs = 0, endMs: toMs = 0 } = this.#silent ?? {};
      return ms >= fromMs && ms < toMs ? 0 : ms;
    });
    return new Uint8Array(samples.buffer);
  }

  async past(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    while (this.endMs <= ms && !this.ended) {
      await new Promise<void>((resolve, reject) => {
        this.#waiting.push(resolve);
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      });
    }
  }

  release(beforeMs: number): void {
    this.releasedMs = Math.max(this.releasedMs, beforeMs);
  }

  /** More has come; all that follows from it has happened when this resolves. */
  async hear(untilMs: number): Promise<void> {
    while (this.endMs < untilMs) {
      this.endMs = Math.min(untilMs, this.endMs + 20);
      await this.#wake();
    }
    await settled();
  }

  async end(): Promise<void> {
    this.ended = true;
    await this.#wake();
    await settled();
  }

  async #wake(): Promise<void> {
    for (const resolve of this.#waiting.splice(0)) resolve();
    await setImmediate();
  }
}

/** All that follows without anything new from outside has happened. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await setImmediate();
}

/** A stretch of the stream that a recogniser was given. */
export interface Call extends Interval {
  readonly lengthMs: number;
  readonly settings: RecognitionSettings;
  readonly signal: AbortSignal;
  /** Ends it with these events, in its own time. */
  answer(...events: readonly RecognitionEvent[]): void;
  fail(error: unknown): void;
  state: "open" | "over";
}

export interface RecogniserOptions {
  readonly maxConcurrency?: number;
  readonly remote?: boolean;
  readonly maxDurationMs?: number;
  /** Answers at once. */
  readonly answer?: (call: Interval) => readonly RecognitionEvent[];
}

export function recogniser({
  maxConcurrency = 1,
  remote = true,
  maxDurationMs,
  answer,
}: RecogniserOptions = {}) {
  const calls: Call[] = [];
  const provider: Provider = {
    id: "fake",
    vendor: "fake",
    title: "a recogniser in the test's hands",
    documentation: "",
    credentials: [],
    capabilities: {
      accepts: [{ container: "pcm", encodings: ["s16le"] }],
      limits: { maxConcurrency, ...(maxDurationMs === undefined ? {} : { maxDurationMs }) },
      gives: {
        partials: false,
        segmentTimes: true,
        wordTimes: false,
        speakers: false,
        channels: false,
        hotwords: false,
      },
      languages: ["auto"],
      models: ["fake"],
      remote,
    },
    parameters: z.strictObject({}),
    resolve: () => ({ model: "fake", warnings: [] }),
    prepare: async () => {},
    host: () => undefined,
    checks: [],
    async *recognize({ audio, settings }, { signal }) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of audio.open(signal)) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      const answered = Promise.withResolvers<readonly RecognitionEvent[]>();
      const call: Call = {
        startMs: bytes.readInt16LE(0),
        endMs: bytes.readInt16LE(bytes.length - 2) + 1,
        lengthMs: bytes.length / 2 / SAMPLES_PER_MS,
        settings,
        signal,
        answer: (...events) => answered.resolve(events),
        fail: answered.reject,
        state: "open",
      };
      signal.addEventListener("abort", () => answered.reject(signal.reason));
      calls.push(call);
      if (answer !== undefined) call.answer(...answer(call));
      try {
        yield* await answered.promise;
      } finally {
        call.state = "over";
      }
    },
  };
  return { provider, calls };
}

/** Goes as the audio comes; whoever sleeps is woken by the test. */
export class HandClock implements Clock {
  readonly #audio: Pick<LiveAudio, "endMs">;
  #sleepers: { readonly ms: number; readonly wake: () => void }[] = [];

  constructor(audio: Pick<LiveAudio, "endMs">) {
    this.#audio = audio;
  }

  /** How long each sleeper sleeps. */
  get sleepsMs(): number[] {
    return this.#sleepers.map(({ ms }) => ms);
  }

  now(): number {
    return this.#audio.endMs;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((wake, reject) => {
      const sleeper = { ms, wake };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", () => {
        this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
        reject(signal.reason);
      });
    });
  }

  /** Wakes those who sleep so long; all that follows has happened when this resolves. */
  async wake(ms: number): Promise<void> {
    const due = this.#sleepers.filter((sleeper) => sleeper.ms === ms);
    if (due.length === 0) throw new Error(`nobody sleeps ${ms} ms, but ${this.sleepsMs} ms`);
    this.#sleepers = this.#sleepers.filter((sleeper) => !due.includes(sleeper));
    for (const { wake } of due) wake();
    await settled();
  }
}

export interface StreamOptions {
  readonly maxRepeats?: number;
  readonly settings?: Partial<RecognitionSettings>;
  readonly account?: Partial<Account>;
}

/** Runs a stream to its end in the background. */
export function stream(
  audio: LiveAudio,
  provider: Provider,
  { settings = {}, account = {}, maxRepeats = 3 }: StreamOptions = {},
) {
  const events: RecognitionEvent[] = [];
  const lagsMs: number[] = [];
  const stopped = new AbortController();
  const job: LiveJob = {
    name: "-",
    provider,
    settings: { ...PLAIN_SETTINGS, ...settings, live: true },
    resolution: { model: "fake", warnings: [] },
    audio: (async function* () {})(),
    sampleRate: audio.sampleRate,
    encoding: audio.encoding,
    speechModel: () => Promise.reject(new Error("nobody listens here")),
    ending: new AbortController().signal,
    lastWordsMs: 10_000,
    onLag: (lagMs) => lagsMs.push(lagMs),
  };
  const context = plainContext(stopped.signal);
  const clock = new HandClock(audio);
  const run = async () => {
    const heard = utteranceEvents(audio, job, {
      ...context,
      clock,
      http: { ...context.http, maxRepeats },
      account: { ...context.account, ...account },
    });
    for await (const event of heard) events.push(event);
  };
  const ended = run();
  ended.catch(() => {});
  return { events, lagsMs, ended, clock, stop: (reason: unknown) => stopped.abort(reason) };
}

export const final = (text: string, startMs = 0, endMs = startMs + 100): RecognitionEvent => ({
  type: "final",
  segment: { text, startMs, endMs },
});
