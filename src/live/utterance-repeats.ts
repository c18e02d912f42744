/** One utterance at its vendor: within a time, and again where what failed is the way there. */
import { AsrError } from "../errors.ts";
import { pause } from "../http/clock.ts";
import type { Clock, Log } from "../providers/contract.ts";
import type { RecognitionEvent } from "../transcript/events.ts";
import { clockTime } from "../transcript/time.ts";
import type { Interval } from "../transcript/transcript.ts";

/** An answer may take so much longer than the utterance is: text behind it waits. */
const ANSWER_MS = 30_000;
/** How often an utterance is sent again, as sessions are; `--retries 0`: never. */
const MAX_REPEATS = 8;
const FIRST_WAIT_MS = 600;
const LONGEST_WAIT_MS = 20_000;
/** How often although the vendor may have done, and billed, the work. */
const MAX_UNKNOWN_REPEATS = 1;

/** Recognises the utterance from its start. Aborted: throws the signal's reason. */
export type Attempt = (signal: AbortSignal) => AsyncIterable<RecognitionEvent>;

export interface RepeatOptions {
  readonly utterance: Interval;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly log: Log;
  /** `--retries`: of one request; 0: nothing is sent again here either. */
  readonly maxRepeats: number;
  /** Told why it is sent again; undefined once it was answered. */
  readonly onOutage: (failure: AsrError | undefined) => void;
}

/**
 * The HTTP client has repeated each request by itself, for seconds: this goes on for minutes, since
 * live audio can wait in memory. What has given text is not sent again: it would be told twice.
 *
 * @throws AsrError of the last try, with `stopsBatch` where the vendor could not be reached at all;
 *   the signal's reason.
 */
export async function* untilAnswered(
  attempt: Attempt,
  options: RepeatOptions,
): AsyncGenerator<RecognitionEvent, void> {
  const { utterance, signal, clock, log, maxRepeats, onOutage } = options;
  let unknownCount = 0;
  for (let failureCount = 1; ; failureCount++) {
    let hasText = false;
    let failure: AsrError;
    try {
      for await (const event of inTime(attempt, options)) {
        hasText ||= event.type === "final";
        yield event;
      }
      onOutage(undefined);
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (hasText || maxRepeats === 0 || !isPassing(error)) throw error;
      failure = error;
    }
    const { details, kind, message } = failure;
    if (details.outcomeUnknown === true && ++unknownCount > MAX_UNKNOWN_REPEATS) throw failure;
    if (failureCount > MAX_REPEATS) {
      throw new AsrError(kind, message, { ...details, stopsBatch: true, cause: failure });
    }
    const backoffMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failureCount - 1));
    const waitMs = Math.max(backoffMs, details.retryAfterMs ?? 0);
    onOutage(failure);
    log(`${message}; the utterance is sent again in ${waitMs} ms`);
    await pause(clock, waitMs, signal);
    if (details.outcomeUnknown === true) yield* sentAgain(utterance);
  }
}

/** The way to the vendor, or too many requests: the next may pass. */
function isPassing(error: unknown): error is AsrError {
  if (!(error instanceof AsrError) || error.details.stopsBatch === true) return false;
  return error.retryable && (error.kind === "network" || error.kind === "quota");
}

/** The HTTP client waits ten minutes for a recording's answer: nobody who reads along would. */
async function* inTime(
  attempt: Attempt,
  { utterance, signal, clock }: RepeatOptions,
): AsyncGenerator<RecognitionEvent, void> {
  const limitMs = ANSWER_MS + utterance.endMs - utterance.startMs;
  const late = new AbortController();
  const over = new AbortController();
  clock.sleep(limitMs, over.signal).then(
    () => late.abort(tooLate(limitMs)),
    () => {},
  );
  try {
    yield* attempt(AbortSignal.any([signal, late.signal]));
  } catch (error) {
    signal.throwIfAborted();
    late.signal.throwIfAborted();
    throw error;
  } finally {
    over.abort();
  }
}

function tooLate(limitMs: number): AsrError {
  return new AsrError("network", `no answer within ${Math.round(limitMs / 1000)} s`, {
    hint: "check the network connection",
    retryable: true,
    outcomeUnknown: true,
  });
}

function* sentAgain({ startMs, endMs }: Interval): Generator<RecognitionEvent> {
  const place = `from ${clockTime(startMs)} to ${clockTime(endMs)}`;
  const message = `no answer came: what was said ${place} is sent again, and may be billed twice`;
  yield { type: "warning", warning: { code: "audio-sent-again", message } };
  yield { type: "response", usage: { requests: 0, billedMs: 0, possiblyBilledTwice: true } };
}
