/** A provider at work against the strict double, with everything it may touch in the test's hands. */
import { createHash } from "node:crypto";
import { setImmediate, setTimeout } from "node:timers/promises";
import { onTestFinished } from "vitest";
import type { AudioFacts } from "../../../src/audio/types.ts";
import { AsrError } from "../../../src/errors.ts";
import { createHttpClient } from "../../../src/http/client.ts";
import type { Clock } from "../../../src/http/clock.ts";
import { createLimiter } from "../../../src/http/local-limiter.ts";
import { createTransport } from "../../../src/http/undici-transport.ts";
import type {
  Account,
  AudioInput,
  Provider,
  ProviderContext,
  RecognitionInput,
  RecognitionSettings,
} from "../../../src/providers/contract.ts";
import { PLAIN_SETTINGS } from "../../../src/providers/contract.ts";
import type { RecognitionEvent } from "../../../src/transcript/events.ts";
import type { Segment } from "../../../src/transcript/transcript.ts";
import { TEST_ACCOUNT } from "../../vendors/tencent/account.ts";
import {
  startTencentDouble,
  type TencentDouble,
  type TencentDoubleOptions,
} from "../../vendors/tencent/server.ts";

/** Closes by itself at the end of the test. */
export async function openDouble(options?: TencentDoubleOptions): Promise<TencentDouble> {
  const double = await startTencentDouble(options);
  onTestFinished(() => double.close());
  return double;
}

/** Waits between tries are over at once, and count as waited; time-outs keep their time. */
export function hastyClock(): Clock {
  let skippedMs = 0;
  return {
    now: () => Date.now(),
    monotonicMs: () => performance.now() + skippedMs,
    async sleep(ms, signal) {
      if (ms < 5000) {
        skippedMs += ms;
        await setImmediate();
      } else await setTimeout(ms, undefined, signal === undefined ? {} : { signal });
      signal?.throwIfAborted();
    },
  };
}

export const SETTINGS = PLAIN_SETTINGS;

export const CREDENTIALS = {
  appId: TEST_ACCOUNT.appId,
  secretId: TEST_ACCOUNT.secretId,
  secretKey: TEST_ACCOUNT.secretKey,
};

export interface Circumstances {
  readonly account?: Partial<Account>;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  /** `--retries` */
  readonly maxRepeats?: number;
  /** What the recording was before it was converted; default: the audio as it is sent. */
  readonly recorded?: AudioFacts;
  /** Gets each event as it comes. */
  readonly onEvent?: (event: RecognitionEvent) => void;
}

export interface Outcome {
  readonly events: readonly RecognitionEvent[];
  readonly error: AsrError | undefined;
  readonly logs: readonly string[];
}

/** Everything a provider may touch; random bytes count up. */
export function contextFor(
  double: Pick<TencentDouble, "origin">,
  circumstances: Circumstances = {},
): ProviderContext & { readonly logs: string[] } {
  const { signal = new AbortController().signal, clock = hastyClock(), maxRepeats } = circumstances;
  const transport = createTransport({ environment: {} });
  onTestFinished(() => transport.close());
  const http = createHttpClient({
    transport,
    clock,
    limiter: createLimiter(clock),
    random: () => 0,
    ...(maxRepeats === undefined ? {} : { maxRepeats }),
  });
  const logs: string[] = [];
  let count = 0;
  return {
    signal,
    clock,
    http,
    logs,
    log: (message) => logs.push(message),
    randomBytes: (length) => createHash("sha256").update(`${count++}`).digest().subarray(0, length),
    account: { credentials: CREDENTIALS, baseUrl: double.origin, ...circumstances.account },
  };
}

/** What a provider is asked, resolved for the recording as the runner does it. */
export function requestOf(
  provider: Provider,
  audio: AudioInput,
  changes: Partial<RecognitionSettings> = {},
  recorded?: AudioFacts,
): RecognitionInput {
  const settings = { ...SETTINGS, ...changes };
  // What is compressed has a codec for its encoding, as the facts of such files have too.
  const facts = recorded ?? (audio as AudioFacts);
  return { audio, settings, resolution: provider.resolve(settings, facts) };
}

/** Runs a provider to its end; an `AsrError` is part of the outcome, anything else is thrown. */
export async function run(
  provider: Provider,
  double: Pick<TencentDouble, "origin">,
  audio: AudioInput,
  settings: Partial<RecognitionSettings> = {},
  circumstances: Circumstances = {},
): Promise<Outcome> {
  const context = contextFor(double, circumstances);
  const events: RecognitionEvent[] = [];
  const { logs } = context;
  try {
    const input = requestOf(provider, audio, settings, circumstances.recorded);
    for await (const event of provider.recognize(input, context)) {
      events.push(event);
      circumstances.onEvent?.(event);
    }
    return { events, error: undefined, logs };
  } catch (error) {
    if (!(error instanceof AsrError)) throw error;
    return { events, error, logs };
  } finally {
    await context.http.close();
  }
}

export function segmentsOf({ events }: Outcome): Segment[] {
  return events.flatMap((event) => (event.type === "final" ? [event.segment] : []));
}

export function textOf(outcome: Outcome): string {
  return segmentsOf(outcome)
    .map((segment) => segment.text)
    .join("");
}

export function warningsOf({ events }: Outcome): string[] {
  return events.flatMap((event) => (event.type === "warning" ? [event.warning.code] : []));
}

export function responseOf({ events }: Outcome) {
  return events.findLast((event) => event.type === "response");
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
