/**
 * Repeats one request. What is repeated, how often and when is a pure decision (`repeatDelayMs`);
 * waiting and counting are around it.
 */
import { AsrError } from "../errors.ts";
import { type Clock, monotonicMs, pause } from "./clock.ts";

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
  /** From 1. */
  readonly attempt: number;
  /** Since the first try began. */
  readonly elapsedMs: number;
  readonly paid: boolean;
  /** Repeats so far that followed an unknown outcome. */
  readonly unknownRepeats: number;
}

/**
 * Decides whether a request is sent again and after how long: exponential back-off with jitter,
 * or what the vendor asks for where that is longer. Pure.
 *
 * @param random In [0, 1).
 * @returns Milliseconds to wait, or undefined to give up.
 */
export function repeatDelayMs(
  policy: RetryPolicy,
  { error, attempt, elapsedMs, paid, unknownRepeats }: FailedTry,
  random: number,
): number | undefined {
  if (!error.retryable || attempt > policy.maxRepeats) return undefined;
  if (paid && error.details.outcomeUnknown === true && unknownRepeats >= MAX_UNKNOWN_REPEATS) {
    return undefined;
  }
  const ceilingMs = Math.min(policy.maxDelayMs, policy.minDelayMs * 2 ** attempt);
  const backoffMs = policy.minDelayMs + random * (ceilingMs - policy.minDelayMs);
  // Jitter on top, so that all who were told the same time do not come back at once.
  const askedMs = (error.details.retryAfterMs ?? 0) + random * policy.minDelayMs;
  const delayMs = Math.ceil(Math.max(backoffMs, askedMs));
  return elapsedMs + delayMs > policy.totalMs ? undefined : delayMs;
}

export interface Repeat {
  readonly error: AsrError;
  /** The try to come, from 2. */
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
  { policy, clock, random, signal, paid, onRepeat, onPossiblyBilledTwice }: RetryTools,
): Promise<T> {
  const startedMs = monotonicMs(clock);
  let unknownRepeats = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      return await send(attempt);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AsrError)) throw error;
      const elapsedMs = monotonicMs(clock) - startedMs;
      const failed: FailedTry = { error, attempt, elapsedMs, paid, unknownRepeats };
      const delayMs = repeatDelayMs(policy, failed, random());
      if (delayMs === undefined) throw error;
      onRepeat?.({ error, attempt: attempt + 1, delayMs });
      await pause(clock, delayMs, signal);
      if (paid && error.details.outcomeUnknown === true) {
        unknownRepeats++;
        onPossiblyBilledTwice?.();
      }
    }
  }
}
