/** What HTTP statuses mean (FACTS of newer documents, "StepFun SSE"; decided by number alone). */
import type { ErrorKind } from "../../errors.ts";

export interface StatusMeaning {
  readonly kind: ErrorKind;
  readonly retryable: boolean;
  /** The work may have been done, and billed, all the same. */
  readonly outcomeUnknown?: boolean;
  /** Every other job of this account would fail alike. */
  readonly stopsBatch?: boolean;
  readonly what: string;
  readonly hint: string;
}

export const STATUSES: Readonly<Record<number, StatusMeaning>> = {
  400: {
    kind: "recognition",
    retryable: false,
    what: "StepFun refuses the request",
    hint: "take --set and --set-unchecked away; check that the audio is what its name says",
  },
  401: {
    kind: "credentials",
    retryable: false,
    stopsBatch: true,
    what: "StepFun refuses the API key",
    hint:
      "check STEPFUN_API_KEY; keys of platform.stepfun.ai need ASR_STEPFUN_BASE_URL=" +
      "https://api.stepfun.ai, Step Plan keys --set step_plan=true",
  },
  402: {
    kind: "quota",
    retryable: false,
    stopsBatch: true,
    what: "the StepFun account has no balance",
    hint: "top the account up at platform.stepfun.com",
  },
  404: {
    kind: "usage",
    retryable: false,
    what: "StepFun knows no such path or model",
    hint: "check the address (baseUrl: host, path prefix and no more), --model and step_plan",
  },
  429: {
    kind: "quota",
    retryable: true,
    what: "StepFun says too many requests",
    hint: "lower --concurrency or wait; accounts with more credit have higher limits",
  },
  451: {
    kind: "recognition",
    retryable: false,
    what: "StepFun's moderation refuses the content",
    hint: "use another provider for this recording",
  },
  500: {
    kind: "network",
    retryable: true,
    what: "StepFun has a fault of its own",
    hint: "try again in a few minutes",
  },
  503: {
    kind: "network",
    retryable: true,
    what: "StepFun is overloaded",
    hint: "try again in a few minutes",
  },
  504: {
    kind: "network",
    retryable: true,
    outcomeUnknown: true,
    what: "StepFun did not finish in time",
    hint: "try again, or send shorter audio",
  },
};

/** Of a gateway that does not know what became of the request behind it. */
const LOST_STATUSES: ReadonlySet<number> = new Set([502, 524]);

/** A status that no document names is taken for the general one of its class. */
export function meaningOf(status: number): StatusMeaning {
  const known = Object.hasOwn(STATUSES, status) ? STATUSES[status] : undefined;
  const what = `StepFun answers HTTP ${status}`;
  if (known !== undefined) return known;
  if (status === 403) {
    const hint = "check STEPFUN_API_KEY and what the key is allowed to do";
    return { kind: "credentials", retryable: false, stopsBatch: true, what, hint };
  }
  if (status >= 500 || status === 408) {
    const hint = "try again in a few minutes";
    const lost = LOST_STATUSES.has(status) ? { outcomeUnknown: true } : {};
    return { kind: "network", retryable: true, what, hint, ...lost };
  }
  const hint = "look the status up in the vendor's document of error codes";
  return { kind: "recognition", retryable: false, what, hint };
}
