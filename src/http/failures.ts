/**
 * What a failed connection means, by code, phase and place, in the terms of the exit-code table.
 * Messages name the host alone: a URL's query can hold a secret.
 */
import { AsrError, type ErrorDetails } from "../errors.ts";
import { CHECK_NETWORK, causeOf, codeOf, unlistedCause } from "./causes.ts";
import { ConnectFailure, ProxyFailure, Silence } from "./connect-failure.ts";

/** Where a request is. From `answer` on the other side has all of it. */
export type Phase = "connect" | "upload" | "answer" | "receive";

export interface Progress {
  readonly host: string;
  readonly phase: Phase;
  /** Status of the answer, once there is one. */
  readonly status?: number;
}

/** Codes of a connection that broke, or whose answer is no HTTP; the phase says what it means. */
const BROKEN =
  /^(?:ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_(?:SOCKET|RES_|HEADERS_OVERFLOW).*|HPE_.*)$/;

/**
 * Turns what a transport threw into an `AsrError`. What is not a failure of the network (an
 * `AsrError`, a fault of the program) comes back as it is.
 */
export function asNetworkError(error: unknown, progress: Progress): unknown {
  if (error instanceof ConnectFailure) return connectError(error.cause, progress.host);
  const code = codeOf(error);
  if (code === undefined || !(BROKEN.test(code) || causeOf(code) !== undefined)) return error;
  if (code.startsWith("HPE_") && progress.phase !== "receive") {
    return network(`${progress.host} does not speak HTTP`, {
      hint: "check the address (baseUrl) and its port",
      retryable: false,
      cause: error,
    });
  }
  return brokenError(progress, error);
}

function connectError(cause: unknown, host: string): unknown {
  if (cause instanceof ProxyFailure) return proxyError(cause, host);
  const code = codeOf(cause);
  if (code === undefined) return cause;
  const known = causeOf(code) ?? unlistedCause(code);
  return known === undefined ? cause : network(`can't connect to ${host}`, { ...known, cause });
}

function brokenError({ host, phase, status }: Progress, cause: unknown): AsrError {
  if (phase === "connect" || phase === "upload") {
    return network(`the connection to ${host} broke during the upload`, {
      reason: "not everything was sent, so nothing was recognised",
      hint: CHECK_NETWORK,
      retryable: true,
      cause,
    });
  }
  const what = phase === "answer" ? "before the answer" : "in the middle of the answer";
  return network(`the connection to ${host} broke ${what}`, {
    ...unknownOutcome(status),
    hint: CHECK_NETWORK,
    retryable: true,
    cause,
  });
}

/** The time-out of a phase. */
export function timeoutError({ host, phase, status }: Progress, limitMs: number): AsrError {
  const limit = `${Math.round(limitMs / 100) / 10} s`;
  const cause = new Silence(phase, limitMs);
  switch (phase) {
    case "connect":
      return network(`no connection to ${host} within ${limit}`, {
        hint: CHECK_NETWORK,
        retryable: true,
        cause,
      });
    case "upload":
      return network(`${host} took nothing of the upload for ${limit}`, {
        reason: "not everything was sent, so nothing was recognised",
        hint: "check the network connection, or allow more with --timeout SECONDS",
        retryable: true,
        cause,
      });
    case "answer":
      return network(`no answer from ${host} within ${limit}`, {
        ...unknownOutcome(status),
        hint: "allow more with --timeout SECONDS, or send shorter audio",
        retryable: true,
        cause,
      });
    case "receive":
      return network(`the answer from ${host} stopped for ${limit}`, {
        ...unknownOutcome(status),
        hint: "try again, or allow more with --timeout SECONDS",
        retryable: true,
        cause,
      });
  }
}

/** A status that tells of failure settles the outcome even where its text is lost. */
function unknownOutcome(status: number | undefined): ErrorDetails {
  if (status !== undefined && status >= 400) return { reason: `it had answered HTTP ${status}` };
  return { outcomeUnknown: true, reason: "it may have done, and billed, the work all the same" };
}

function proxyError({ proxyHost, status, cause }: ProxyFailure, host: string): AsrError {
  if (status === 407) {
    return network(`the proxy ${proxyHost} wants a user and a password`, {
      hint: "put them into ASR_PROXY or the config: http://USER:PASSWORD@HOST:PORT",
      retryable: false,
    });
  }
  if (status !== undefined) {
    return network(`the proxy ${proxyHost} does not connect to ${host} (HTTP ${status})`, {
      hint: "ask whoever runs the proxy to allow this host, or go around it with NO_PROXY",
      retryable: status >= 500,
    });
  }
  const code = codeOf(cause);
  const known = code === undefined ? undefined : (causeOf(code) ?? unlistedCause(code));
  return network(`can't connect to ${host} through the proxy ${proxyHost}`, {
    reason: known?.reason ?? "the proxy closed the connection",
    hint: "check --proxy, HTTPS_PROXY and whether the proxy runs; NO_PROXY goes around it",
    retryable: known?.retryable ?? true,
    cause,
  });
}

function network(message: string, details: ErrorDetails): AsrError {
  return new AsrError("network", message, details);
}
