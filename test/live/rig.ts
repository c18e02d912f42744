/** Live jobs against the strict doubles, with source and clock in the test's hands. */
import { setImmediate } from "node:timers/promises";
import { loadSpeechModel } from "../../src/audio/voice/model.ts";
import type { LiveJob } from "../../src/live/live-job.ts";
import { recogniseLive } from "../../src/live/recognise-live.ts";
import { IDLE_MS } from "../../src/live/session-audio.ts";
import type {
  Account,
  Clock,
  Provider,
  RecognitionSettings,
} from "../../src/providers/contract.ts";
import { PLAIN_SETTINGS } from "../../src/providers/contract.ts";
import type { JobEvent } from "../../src/transcript/events.ts";
import type { Segment } from "../../src/transcript/transcript.ts";
import { openWorld } from "../providers/vendor-world.ts";
import { type NumberedAudio, numberedWav } from "../vendors/ears/numbered-audio.ts";
import { TEST_ACCOUNT } from "../vendors/tencent/account.ts";

/** Of 16-bit mono at 16 kHz. */
export const BYTES_PER_MS = 32;

const HEADER_BYTES = 44;

export const numberedPcm = (audio: NumberedAudio): Buffer =>
  numberedWav(audio).subarray(HEADER_BYTES);

/** Longer waits are time-outs, which run only when a test advances the clock. */
const LONGEST_NAP_MS = 9_000;

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

export class LiveClock implements Clock {
  #nowMs = 1_800_000_000_000;
  readonly #held: readonly number[];
  readonly #hurried: readonly number[];
  #sleepers: Sleeper[] = [];

  /**
   * @param held more waits that do, by their length
   * @param hurried long ones that don't
   */
  constructor(held: readonly number[] = [], hurried: readonly number[] = []) {
    this.#held = [IDLE_MS, ...held];
    this.#hurried = hurried;
  }

  now(): number {
    return this.#nowMs;
  }

  /** @param asleep nobody's timer sees the time go by */
  advance(ms: number, { asleep = false } = {}): void {
    this.#nowMs += ms;
    if (asleep) return;
    const due = this.#sleepers.filter(({ dueMs }) => dueMs <= this.#nowMs);
    this.#sleepers = this.#sleepers.filter((sleeper) => !due.includes(sleeper));
    for (const { wake } of due) wake();
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const isLong = ms > LONGEST_NAP_MS && !this.#hurried.includes(ms);
    if (this.#held.includes(ms) || isLong) {
      await new Promise<void>((wake, reject) => {
        this.#sleepers.push({ dueMs: this.#nowMs + ms, wake });
        signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
      });
    } else {
      await setImmediate();
      this.#nowMs += ms;
    }
    signal?.throwIfAborted();
  }
}

/** Audio that comes when a test says so. */
export class LiveSource implements AsyncIterable<Uint8Array> {
  readonly #chunks: Uint8Array[] = [];
  #isOver = false;
  #wake: (() => void) | undefined;
  /** How much was read. */
  readBytes = 0;

  push(...chunks: readonly Uint8Array[]): this {
    this.#chunks.push(...chunks);
    this.#wake?.();
    return this;
  }

  end(): this {
    this.#isOver = true;
    this.#wake?.();
    return this;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    for (;;) {
      const [chunk] = this.#chunks.splice(0, 1);
      if (chunk !== undefined) {
        this.readBytes += chunk.length;
        yield chunk;
      } else if (this.#isOver) return;
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}

/** Chunks of a recorder's size. */
export function chunksOf(bytes: Uint8Array, sizeBytes = 3200): Uint8Array[] {
  const count = Math.ceil(bytes.length / sizeBytes);
  return Array.from({ length: count }, (_, at) =>
    bytes.subarray(at * sizeBytes, (at + 1) * sizeBytes),
  );
}

/** A file through a pipe. */
export const piped = (bytes: Uint8Array): LiveSource =>
  new LiveSource().push(...chunksOf(bytes, 65_536)).end();

/** What a source and a listener do together: 200 ms more with every answer. */
export function turnByTurn(pcm: Uint8Array) {
  const chunks = chunksOf(pcm, 200 * BYTES_PER_MS);
  const source = new LiveSource().push(...chunks.splice(0, 5));
  const onEvent = ({ type }: JobEvent) => {
    if (type === "progress") source.push(...chunks.splice(0, 1));
    if (chunks.length === 0) source.end();
  };
  return { source, onEvent };
}

export const tencentAccount = (origin: string): Account => ({
  baseUrl: origin,
  credentials: {
    appId: TEST_ACCOUNT.appId,
    secretId: TEST_ACCOUNT.secretId,
    secretKey: TEST_ACCOUNT.secretKey,
  },
});

export interface LiveOptions extends Partial<Omit<LiveJob, "settings" | "provider">> {
  readonly account: Account;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  readonly maxRepeats?: number;
  readonly settings?: Partial<RecognitionSettings>;
  readonly onEvent?: (event: JobEvent) => void | Promise<void>;
}

export interface Heard {
  readonly events: readonly JobEvent[];
  readonly error: unknown;
  readonly lagsMs: readonly number[];
}

/** Runs a job to its end, whichever that is. */
export async function listen(
  provider: Provider,
  audio: AsyncIterable<Uint8Array>,
  { account, signal, maxRepeats, onEvent, ...options }: LiveOptions,
): Promise<Heard> {
  const settings = { ...PLAIN_SETTINGS, timesWanted: true, live: true, ...options.settings };
  const { clock = new LiveClock() } = options;
  const world = openWorld({
    account,
    clock,
    ...(signal === undefined ? {} : { signal }),
    ...(maxRepeats === undefined ? {} : { maxRepeats }),
  });
  const lagsMs: number[] = [];
  const job: LiveJob = {
    name: "-",
    resolution: provider.resolve(settings),
    sampleRate: 16_000,
    encoding: "s16le",
    speechModel: () => loadSpeechModel("energy"),
    ending: new AbortController().signal,
    lastWordsMs: 10_000,
    onLag: (lagMs) => lagsMs.push(lagMs),
    ...options,
    provider,
    audio,
    settings,
  };
  const events: JobEvent[] = [];
  try {
    for await (const event of recogniseLive(job, world)) {
      events.push(event);
      await onEvent?.(event);
    }
    return { events, error: undefined, lagsMs };
  } catch (error) {
    return { events, error, lagsMs };
  }
}

export const finalsOf = ({ events }: Heard): Segment[] =>
  events.flatMap((event) => (event.type === "final" ? [event.segment] : []));
export const textOf = (heard: Heard): string =>
  finalsOf(heard)
    .map(({ text }) => text)
    .join(" ");
export const warningsOf = ({ events }: Heard): string[] =>
  events.flatMap((event) => (event.type === "warning" ? [event.warning.code] : []));
export const transcriptOf = ({ events }: Heard) =>
  events.flatMap((event) => (event.type === "done" ? [event.transcript] : []))[0];
