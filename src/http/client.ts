/**
 * The HTTP client that providers use: limits, repeats, time-outs and clean errors around one
 * request at a time. It never repeats more than the request it was given.
 */
import { AsrError } from "../errors.ts";
import { type Clock, monotonicMs } from "./clock.ts";
import { exchange } from "./exchange.ts";
import type { Flow } from "./fair-line.ts";
import type { Account, Limiter, Place, Refusal } from "./limiter.ts";
import { redact, redactError } from "./redact.ts";
import { DEFAULT_RETRY_POLICY, type Repeat, type RetryPolicy, withRetries } from "./retry.ts";
import { waitAskedMs } from "./retry-after.ts";
import { RECORDING_TIMEOUTS, type Timeouts, withSilence } from "./timeouts.ts";
import type { HttpRequest, HttpResponse, Transport } from "./transport.ts";

/** One request of a provider, however often it has to be sent. */
export interface Call<T> {
  /** The configured origin; requests to any other are refused. */
  readonly origin: string;
  /** True where the vendor bills it: repeated once at most when the outcome is unknown. */
  readonly paid: boolean;
  readonly signal: AbortSignal;
  /** For `-v`. */
  readonly log: (message: string) => void;
  /** Never shown: taken out of every error and log line. */
  readonly secrets: readonly string[];
  /** Whose limits it counts against; undefined: none (a token; a slice inside a held place). */
  readonly account?: Account;
  /** What the request belongs to: see `EnterOptions`. Whoever makes a client `inFlow` sets it. */
  readonly flow?: Flow;
  /** Default: those of a whole recording. */
  readonly timeouts?: Timeouts;
  /** Redirects are read like any other answer, to know that somebody answers; not followed. */
  readonly takesRedirects?: boolean;
  /** At most this many repeats, where an API wants fewer than the user. */
  readonly maxRepeats?: number;
  /** Builds, and signs, the request of one try; `attempt` counts from 1. */
  build(attempt: number): HttpRequest | Promise<HttpRequest>;
  /**
   * Makes a result of an answer of whatever status (3xx: see `takesRedirects`), or throws an
   * `AsrError` whose `retryable` and `outcomeUnknown` say whether to send again. An error of kind
   * "quota" that is retryable means "too many": the account slows down.
   */
  read(response: HttpResponse, attempt: number): Promise<T>;
  /** Once a try, when the vendor may have all of the request: nothing was done before. */
  readonly onSent?: (attempt: number) => void;
  /** The request was sent again although the vendor may have done, and billed, it before. */
  readonly onPossiblyBilledTwice?: () => void;
}

export interface HttpClient {
  /**
   * Sends until there is a result or no repeat is left.
   *
   * @throws AsrError, without secrets; the signal's reason as soon as it aborts.
   */
  send<T>(call: Call<T>): Promise<T>;
  /** `--retries`: for whoever repeats more than one request. */
  readonly maxRepeats: number;
  /** For whoever holds a place longer than one request: a stream. */
  readonly limiter: Limiter;
  /** The client of the whole run, where this is one of its flows' (`inFlow`). */
  readonly base?: HttpClient;
  close(): Promise<void>;
}

export interface HttpClientSettings {
  readonly transport: Transport;
  readonly limiter: Limiter;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** `--retries`. */
  readonly maxRepeats?: number;
  /** `--timeout`: the longest silence of the vendor. */
  readonly silenceMs?: number;
}

export function createHttpClient(settings: HttpClientSettings): HttpClient {
  const { transport, limiter, clock, random } = settings;
  const policyOf = (call: Pick<Call<unknown>, "maxRepeats">): RetryPolicy => ({
    ...DEFAULT_RETRY_POLICY,
    maxRepeats: Math.min(
      settings.maxRepeats ?? DEFAULT_RETRY_POLICY.maxRepeats,
      call.maxRepeats ?? Number.POSITIVE_INFINITY,
    ),
  });

  async function sendOnce<T>(call: Call<T>, attempt: number, place: Place | undefined): Promise<T> {
    const { origin, signal, takesRedirects = false } = call;
    const timeouts = withSilence(call.timeouts ?? RECORDING_TIMEOUTS, settings.silenceMs);
    const request = await call.build(attempt);
    const startedMs = monotonicMs(clock);
    const size = request.body === undefined ? "" : `, ${request.body.sizeBytes} bytes`;
    call.log(`${request.method} to ${request.url.host}${size}`);
    const read = async (response: HttpResponse): Promise<T> => {
      const tookMs = Math.round(monotonicMs(clock) - startedMs);
      call.log(`${response.host} answers HTTP ${response.status} after ${tookMs} ms`);
      try {
        return await call.read(response, attempt);
      } catch (error) {
        throw withRetryAfter(error, response, clock.now());
      }
    };
    return exchange(request, read, {
      transport,
      clock,
      timeouts,
      origin,
      signal,
      takesRedirects,
      onStarted: () => place?.started?.(),
      onSent: () => call.onSent?.(attempt),
      call,
    });
  }

  return {
    maxRepeats: settings.maxRepeats ?? DEFAULT_RETRY_POLICY.maxRepeats,
    limiter,
    async send(call) {
      const { account, paid, signal, secrets, flow, onPossiblyBilledTwice } = call;
      const inFlow = flow === undefined ? {} : { flow };
      const policy = policyOf(call);
      const enter = async (again: boolean): Promise<Place | undefined> =>
        account === undefined
          ? undefined
          : limiter.enter(account, { signal, again, startsLater: true, ...inFlow });
      const onRepeat = ({ error, attempt, delayMs }: Repeat) => {
        const why = redact(error.message, secrets);
        const which =
          place?.refusal?.isPassing === true
            ? "again"
            : `try ${attempt} of ${policy.maxRepeats + 1}`;
        call.log(`${why}; ${which} in ${delayMs} ms`);
      };
      // The first place is taken before the clock of the retries starts: a queue is no failure.
      let place = await enter(false);
      const tryOnce = async (attempt: number) => {
        if (attempt > 1) place = await enter(true);
        try {
          signal.throwIfAborted();
          return await sendOnce(call, attempt, place);
        } catch (error) {
          if (isTooMany(error)) place?.slowDown(error.details.retryAfterMs);
          throw error;
        } finally {
          place?.leave();
          // After it has left: by then it must not count as one that was accepted.
          await place?.told;
        }
      };
      const billing = onPossiblyBilledTwice === undefined ? {} : { onPossiblyBilledTwice };
      try {
        return await withRetries(tryOnce, {
          policy,
          clock,
          random,
          signal,
          paid,
          refusal: () => place?.refusal,
          onRepeat,
          ...billing,
        });
      } catch (error) {
        if (!(error instanceof AsrError)) throw error;
        throw redactError(isRefusedForGood(place?.refusal) ? stopping(error) : error, secrets);
      }
    },
    close: () => transport.close(),
  };
}

/** Codes 4006, 118 and 99991400 and HTTP 429 alike are quota errors that pass. */
function isTooMany(error: unknown): error is AsrError {
  return error instanceof AsrError && error.kind === "quota" && error.retryable;
}

/** Limits are counted by the minute: after one, and another try, it is none that passes. */
const REFUSED_MS = 90_000;

/** A vendor that has never taken anything of an account will not take the next job's either. */
function isRefusedForGood(refusal: Refusal | undefined): boolean {
  return refusal !== undefined && !refusal.isPassing && refusal.forMs > REFUSED_MS;
}

function stopping(error: AsrError): AsrError {
  return new AsrError(error.kind, error.message, { ...error.details, stopsBatch: true });
}

/** Adds what the headers ask for, where the reader did not see to it. */
function withRetryAfter(error: unknown, { headers }: HttpResponse, nowMs: number): unknown {
  if (!(error instanceof AsrError) || !error.retryable) return error;
  if (error.details.retryAfterMs !== undefined) return error;
  const askedMs = waitAskedMs(headers, nowMs, error.kind === "quota");
  if (askedMs === undefined) return error;
  return new AsrError(error.kind, error.message, { ...error.details, retryAfterMs: askedMs });
}
