/**
 * Repeats one request. What is repeated, how often and when is a pure decision (`repeatDelayMs`);
 * waiting and counting are around it.
 */
import { AsrError } from "../errors.ts";
import { type Clock, monotonicMs, pause } from "./clock.ts";
import type { Refusal } from "./limiter.ts";

export interface RetryPolicy {
  /** `--retries`: how often one request is sent again. */
  readonly maxRepeats: number;
  /** Shortest and longest wait of our own choosing. */
  readonly minDelayMs: number;
  readonly maxDelayMs: number;
  /** No repeat is begun later than this after the first try. */
  readonly totalMs: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  maxRepeats: 3,
  minDelayMs: 500,
  maxDelayMs: 30_000,
  totalMs: 600_000,
};

/** How often a paid request is sent again although the vendor may have done the work. */
const MAX_UNKNOWN_REPEATS = 1;

/** A try that failed, and what went before. */
export interface FailedTry {
  readonly error: AsrError;
  /** From 1; those that were one too many are not counted. */
  readonly attempt: number;
  /** Since the first try began, or since the last one that was one too many. */
  readonly elapsedMs: number;
  /** It was one too many; and so long the vendor has taken nothing at all of the account. */
  readonly refusedMs?: number;
  readonly paid: boolean;
  /** Repeats so far that followed an unknown outcome. */
  readonly unknownRepeats: number;
}

/**
 * Decides whether a request is sent again and after how long: exponential back-off with jitter,
 * or what the vendor asks for where that is longer. One that was one too many waits for its turn
 * again as often as it takes, while the vendor takes others. Pure.
 *
 * @param random In [0, 1).
 * @returns Milliseconds to wait, or undefined to give up.
 */
export function repeatDelayMs(
  policy: RetryPolicy,
  { error, attempt, elapsedMs, refusedMs, paid, unknownRepeats }: FailedTry,
  random: number,
): number | undefined {
  if (!error.retryable || policy.maxRepeats === 0) return undefined;
  const isOver = refusedMs === undefined ? attempt > policy.maxRepeats : refusedMs > policy.totalMs;
  if (isOver) return undefined;
  if (paid && error.details.outcomeUnknown === true && unknownRepeats >= MAX_UNKNOWN_REPEATS) {
    return undefined;
  }
  // How long the account pauses is for its limiter to say.
  const exponent = refusedMs === undefined ? attempt : 1;
  const ceilingMs = Math.min(policy.maxDelayMs, policy.minDelayMs * 2 ** exponent);
  const backoffMs = policy.minDelayMs + random * (ceilingMs - policy.minDelayMs);
  // Jitter on top, so that all who were told the same time do not come back at once.
  const askedMs = (error.details.retryAfterMs ?? 0) + random * policy.minDelayMs;
  const delayMs = Math.ceil(Math.max(backoffMs, askedMs));
  return elapsedMs + delayMs > policy.totalMs ? undefined : delayMs;
}

export interface Repeat {
  readonly error: AsrError;
  /** The try to come; those that were one too many are not counted. */
  readonly attempt: number;
  readonly delayMs: number;
}

export interface RetryTools {
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** True where the vendor bills the request. */
  readonly paid: boolean;
  /** Of the try that has just failed, where there were too many. */
  readonly refusal?: () => Refusal | undefined;
  /** Before the wait of each repeat. */
  readonly onRepeat?: (repeat: Repeat) => void;
  /** After the wait, where a paid request is now sent again although it may have been done. */
  readonly onPossiblyBilledTwice?: () => void;
}

/**
 * Sends until it succeeds or the policy gives up.
 *
 * @param send Builds, signs and sends the request; `attempt` counts from 1.
 * @throws the error of the last try, or the signal's reason.
 */
export async function withRetries<T>(
  send: (attempt: number) => Promise<T>,
  tools: RetryTools,
): Promise<T> {
  const { policy, clock, random, signal, paid, onRepeat, onPossiblyBilledTwice } = tools;
  let startedMs = monotonicMs(clock);
  let unknownRepeats = 0;
  let uncounted = 0;
  let refusedSinceMs = Number.POSITIVE_INFINITY;
  for (let attempt = 1; ; attempt++) {
    try {
      return await send(attempt);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AsrError)) throw error;
      const nowMs = monotonicMs(clock);
      const refusal = tools.refusal?.();
      const isOneTooMany = refusal?.isPassing === true;
      if (isOneTooMany) {
        // It was not begun: its own time begins with the next try.
        startedMs = nowMs;
        uncounted += 1;
        refusedSinceMs = Math.min(refusedSinceMs, nowMs);
      }
      const failed: FailedTry = {
        error,
        attempt: attempt - uncounted,
        elapsedMs: nowMs - startedMs,
        paid,
        unknownRepeats,
        ...(isOneTooMany ? { refusedMs: Math.min(refusal.forMs, nowMs - refusedSinceMs) } : {}),
      };
      const delayMs = repeatDelayMs(policy, failed, random());
      if (delayMs === undefined) throw error;
      onRepeat?.({ error, attempt: failed.attempt + 1, delayMs });
      await pause(clock, delayMs, signal);
      if (paid && error.details.outcomeUnknown === true) {
        unknownRepeats++;
        onPossiblyBilledTwice?.();
      }
    }
  }
}
