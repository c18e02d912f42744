/**
 * The one error family. Every failure a user can meet is an `AsrError`; anything else that
 * reaches `cli.ts` is a fault of the program (exit 1).
 */

/** What went wrong, in the terms of the exit-code table (docs: README, "Exit codes"). */
export type ErrorKind =
  | "internal"
  | "usage"
  | "audio"
  | "credentials"
  | "quota"
  | "network"
  | "recognition"
  | "several"
  | "gate"
  | "output"
  | "interrupted";

/** Exit code of each kind. Scripts are written against these numbers: never renumber. */
export const EXIT_CODES: Readonly<Record<ErrorKind, number>> = {
  internal: 1,
  usage: 2,
  audio: 3,
  credentials: 4,
  quota: 5,
  network: 6,
  recognition: 7,
  several: 8,
  gate: 9,
  output: 10,
  interrupted: 130,
};

/** What an error can carry besides its message. */
export interface ErrorDetails {
  /** Why it happened, one line; shown under the message. */
  readonly reason?: string;
  /** What the user should do about it, one line. */
  readonly hint?: string;
  readonly provider?: string;
  /** The vendor's own code, as it came. */
  readonly vendorCode?: string | number;
  readonly requestId?: string;
  /** Whether the same request may succeed when sent again. */
  readonly retryable?: boolean;
  /**
   * True where the vendor may have done (and billed) the work although no usable answer came: a
   * paid request that ended so is repeated once at most.
   */
  readonly outcomeUnknown?: boolean;
  /** Of a whole job: true where nothing of it was done at the vendor, so that it may be run again. */
  readonly safeToRepeat?: boolean;
  /** How long the vendor asks to wait before the next try, in milliseconds. */
  readonly retryAfterMs?: number;
  /** True where every other job would fail alike (bad credentials, no money): a batch stops. */
  readonly stopsBatch?: boolean;
  /** True where the input is something else than audio: a folder's other files are skipped. */
  readonly notAudio?: boolean;
  /** True where it was shown to the user already. */
  readonly reported?: boolean;
  /** Overrides the kind's exit code; only signals need it (143 for SIGTERM). */
  readonly exitCode?: number;
  readonly cause?: unknown;
}

/** A failure with a kind, an exit code and something the user can do. */
export class AsrError extends Error {
  override readonly name = "AsrError";
  readonly kind: ErrorKind;
  readonly details: ErrorDetails;

  constructor(kind: ErrorKind, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    this.details = details;
  }

  get exitCode(): number {
    return this.details.exitCode ?? EXIT_CODES[this.kind];
  }

  get retryable(): boolean {
    return this.details.retryable ?? false;
  }

  /** Why it happened, one line. */
  get reason(): string | undefined {
    return this.details.reason;
  }

  /** What to do about it, one line. */
  get hint(): string | undefined {
    return this.details.hint;
  }

  /** Id of the provider whose vendor it came from. */
  get provider(): string | undefined {
    return this.details.provider;
  }

  /** The vendor's own code, as it came. */
  get vendorCode(): string | number | undefined {
    return this.details.vendorCode;
  }

  /** Of the request that failed, for the vendor's support. */
  get requestId(): string | undefined {
    return this.details.requestId;
  }
}

/** The same failure, with the provider named where it is not yet. */
function ofProvider(error: AsrError, provider: string): AsrError {
  if (error.details.provider !== undefined) return error;
  const named = new AsrError(error.kind, error.message, { ...error.details, provider });
  if (error.stack !== undefined) named.stack = error.stack;
  return named;
}

/** Failures that are the vendor's, or on the way there. */
const AT_THE_VENDOR: ReadonlySet<ErrorKind> = new Set([
  "credentials",
  "quota",
  "network",
  "recognition",
]);

/** The same for a failure whose kind says that it is the vendor's; any other is left as it is. */
export function ofVendor<Thrown>(thrown: Thrown, provider: string): Thrown | AsrError {
  const isVendors = thrown instanceof AsrError && AT_THE_VENDOR.has(thrown.kind);
  return isVendors ? ofProvider(thrown, provider) : thrown;
}

/** Wrong usage or settings (exit 2). */
export function usageError(message: string, hint?: string, reason?: string): AsrError {
  return new AsrError("usage", message, {
    ...(hint === undefined ? {} : { hint }),
    ...(reason === undefined ? {} : { reason }),
  });
}

/** Audio that is missing, unreadable or not taken (exit 3). */
export function audioError(message: string, hint?: string, reason?: string): AsrError {
  return new AsrError("audio", message, {
    ...(hint === undefined ? {} : { hint }),
    ...(reason === undefined ? {} : { reason }),
  });
}

/** The error that a user sees for whatever was thrown: what is not ours is a fault of the program. */
export function asAsrError(thrown: unknown): AsrError {
  if (thrown instanceof AsrError) return thrown;
  return new AsrError("internal", messageOf(thrown), {
    hint: "this is a fault of asr: please report it with the command that led here",
    cause: thrown,
  });
}

/** The text of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The `code` of a Node system error ("ENOENT"), or undefined. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
