/** What a provider may touch of the world, with a real network and a clock that hurries. */
import { randomBytes } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { createHttpClient, type HttpClient } from "../../src/http/client.ts";
import { systemClock } from "../../src/http/clock.ts";
import { createLimiter } from "../../src/http/local-limiter.ts";
import { createTransport } from "../../src/http/undici-transport.ts";
import type {
  Account,
  AudioInput,
  Clock,
  ProviderContext,
  RecognitionInput,
  RecognitionSettings,
} from "../../src/providers/contract.ts";
import { PLAIN_SETTINGS } from "../../src/providers/contract.ts";
import type { RecognitionEvent } from "../../src/transcript/events.ts";

/** Longer sleeps are time-outs, which never run out here. */
const LONGEST_NAP_MS = 9_000;

/** Waits of retries and limits are over at once, as far as anybody can tell by the clock. */
export class HurriedClock implements Clock {
  #nowMs = 1_800_000_000_000;
  /** Every wait that was slept through, in milliseconds. */
  readonly napsMs: number[] = [];

  now(): number {
    return this.#nowMs;
  }

  advance(ms: number): void {
    this.#nowMs += ms;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (ms > LONGEST_NAP_MS) {
      await new Promise((_, reject) =>
        signal?.addEventListener("abort", () => reject(signal.reason), { once: true }),
      );
    }
    await setImmediate();
    signal?.throwIfAborted();
    this.napsMs.push(ms);
    this.#nowMs += ms;
  }
}

export interface World extends ProviderContext {
  readonly logged: string[];
}

export interface WorldOptions {
  readonly account: Account;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  readonly maxRepeats?: number;
  /** Shares limits and tokens with another world. */
  readonly http?: HttpClient;
}

export function openWorld({
  account,
  clock = systemClock,
  signal = new AbortController().signal,
  maxRepeats = 3,
  http = openClient(clock, maxRepeats),
}: WorldOptions): World {
  const logged: string[] = [];
  const log = (line: string) => void logged.push(line);
  return { account, clock, signal, http, log, logged, randomBytes: (count) => randomBytes(count) };
}

function openClient(clock: Clock, maxRepeats: number): HttpClient {
  const transport = createTransport({ environment: {} });
  const limiter = createLimiter(clock);
  const http = createHttpClient({ transport, limiter, clock, random: () => 0, maxRepeats });
  onTestFinished(() => http.close());
  return http;
}

export function settingsOf(changes: Partial<RecognitionSettings> = {}): RecognitionSettings {
  return { ...PLAIN_SETTINGS, timesWanted: true, ...changes };
}

/** For providers who go by settings and audio alone, and not by what was resolved. */
export function requestOf(
  audio: AudioInput,
  changes: Partial<RecognitionSettings> = {},
): RecognitionInput {
  const resolution = { model: "as the provider has it", warnings: [] };
  return { audio, settings: settingsOf(changes), resolution };
}

/** Headerless 16 kHz mono audio, in pieces of odd sizes. */
export function pcmInput(pcm: Uint8Array, changes: Partial<AudioInput> = {}): AudioInput {
  return {
    container: "pcm",
    encoding: "s16le",
    sampleRate: 16_000,
    channels: 1,
    durationMs: Math.round(pcm.byteLength / 32),
    sizeBytes: pcm.byteLength,
    reopenable: true,
    async *open() {
      for (let at = 0; at < pcm.byteLength; at += 10_007) yield pcm.subarray(at, at + 10_007);
    },
    ...changes,
  };
}

export async function collect(
  events: AsyncIterable<RecognitionEvent>,
): Promise<RecognitionEvent[]> {
  const collected: RecognitionEvent[] = [];
  for await (const event of events) collected.push(event);
  return collected;
}

/** The events of one kind. */
export function ofType<T extends RecognitionEvent["type"]>(
  events: readonly RecognitionEvent[],
  type: T,
): Extract<RecognitionEvent, { type: T }>[] {
  return events.filter((event): event is Extract<RecognitionEvent, { type: T }> => {
    return event.type === type;
  });
}

export const finalsOf = (events: readonly RecognitionEvent[]) =>
  ofType(events, "final").map(({ segment }) => segment);
export const warningCodesOf = (events: readonly RecognitionEvent[]) =>
  ofType(events, "warning").map(({ warning }) => warning.code);

/** What a promise was rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("it did not fail");
}
