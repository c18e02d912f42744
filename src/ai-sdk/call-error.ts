/** A vendor's failure, as the AI SDK knows such. */
import { AsrError } from "../errors.ts";

/** How the SDK knows its errors across packages (ai-sdk-error.ts and api-call-error.ts there). */
const MARKERS = ["vercel.ai.error", "vercel.ai.error.AI_APICallError"] as const;

/**
 * An `AsrError` that is an `APICallError` as well. The SDK repeats a call, all of it, where
 * `isRetryable`: true only where the vendor has done nothing for it yet. Single requests have been
 * repeated by then.
 */
export class AsrCallError extends AsrError {
  /** No address: a call may be several requests. */
  readonly url: string;
  readonly requestBodyValues: unknown = {};
  readonly isRetryable: boolean;
  readonly responseHeaders?: Record<string, string>;

  constructor(error: AsrError, provider: string) {
    super(error.kind, error.message, { ...error.details, cause: error });
    this.url = `asr:${provider}`;
    this.isRetryable = error.details.safeToRepeat === true;
    const { retryAfterMs } = error.details;
    if (retryAfterMs !== undefined) {
      this.responseHeaders = { "retry-after-ms": String(retryAfterMs) };
    }
    for (const marker of MARKERS) Object.defineProperty(this, Symbol.for(marker), { value: true });
  }
}

/** Failures of the call itself; wrong options and unreadable audio are no vendor's. */
const OF_CALLS: ReadonlySet<string> = new Set(["credentials", "quota", "network", "recognition"]);

/** What the SDK is to see of whatever was thrown. */
export function callError(thrown: unknown, provider: string): unknown {
  const isOfCall = thrown instanceof AsrError && OF_CALLS.has(thrown.kind);
  return isOfCall ? new AsrCallError(thrown, provider) : thrown;
}
