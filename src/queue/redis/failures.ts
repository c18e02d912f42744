/**
 * What is wrong with the queue, by codes of the system, of TLS and of Redis. An error of the client
 * is never passed on as it is: it holds the command's arguments, of which a password is one.
 */
import { AsrError, type ErrorDetails, type ErrorKind, systemCode } from "../../errors.ts";

/** Redis' own codes: the first word of an error reply. */
const CREDENTIALS: ReadonlySet<string> = new Set(["WRONGPASS", "NOAUTH", "NOPERM"]);

/** Node's and OpenSSL's codes of a certificate that is not trusted, or not for this host. */
const UNTRUSTED: ReadonlySet<string> = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_UNTRUSTED",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

/** What an operator reads behind "is down". */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nobody listens there",
  ENOTFOUND: "its name is not known",
  EAI_AGAIN: "its name can't be looked up now",
  ETIMEDOUT: "it does not answer",
  ECONNRESET: "it closed the connection",
  EHOSTUNREACH: "there is no way to it",
  ENETUNREACH: "there is no way to it",
  LOADING: "it is reading its data",
};

/** The code of a reply, a socket or TLS; undefined where there is none. */
export function queueCode(error: unknown): string | undefined {
  const code = systemCode(error);
  if (code !== undefined) return code;
  if (!(error instanceof Error) || error.name !== "ReplyError") return undefined;
  return /^[A-Z]+(?=\s|$)/.exec(error.message)?.[0];
}

/**
 * Why the queue can't be had just now, in a few words; without an error it hung up, as a server does
 * that ends. One that hears TLS and does not speak it is silent, the other way round it hangs up.
 *
 * @param known a Redis has answered there before: what it speaks is no question
 */
export function downReason(error: unknown, tls: boolean, known: boolean): string {
  if (error === undefined) return "it closed the connection";
  const code = queueCode(error) ?? (known ? "ECONNRESET" : undefined);
  if (code === undefined) return "it gives no answer that Redis gives";
  const reason = REASONS[code] ?? code;
  if (known) return reason;
  if (tls && code === "ETIMEDOUT") return `${reason}; without TLS, write redis://`;
  if (!tls && code === "ECONNRESET") return `${reason}; with TLS, write rediss://`;
  return reason;
}

/**
 * The error that waiting does not mend: a password or certificate that is refused.
 *
 * @returns undefined where the queue may come back by itself
 */
export function fatalError(error: unknown, host: string): AsrError | undefined {
  const code = queueCode(error) ?? "";
  if (CREDENTIALS.has(code)) return refused(code, host);
  if (UNTRUSTED.has(code)) {
    return failure("network", `the certificate of the queue at ${host} is not trusted`, {
      reason: code,
      hint: "give its authority with --ca-file, and name the host as the certificate does",
    });
  }
  return undefined;
}

/** The error of a command that Redis answered with an error. */
export function commandError(error: unknown, host: string): AsrError {
  if (error instanceof AsrError) return error;
  const code = queueCode(error);
  const fatal = fatalError(error, host);
  if (fatal !== undefined) return fatal;
  if (code === "OOM") {
    return failure("network", `the queue at ${host} has no memory left`, {
      reason: code,
      hint: "raise maxmemory of that Redis, or give it a machine with more",
      retryable: true,
    });
  }
  return failure("network", `the queue at ${host} refused a command`, {
    reason: code ?? "it says no more",
    hint: "look into the log of that Redis",
    retryable: true,
  });
}

function refused(code: string, host: string): AsrError {
  if (code === "NOPERM") {
    return failure("credentials", `the user of the queue at ${host} may not do what asr needs`, {
      reason: code,
      hint: "grant it all commands on the keys and channels asr:*: ~asr:* &asr:* +@all",
    });
  }
  return failure(
    "credentials",
    code === "NOAUTH"
      ? `the queue at ${host} wants a password`
      : `the queue at ${host} refuses the password`,
    {
      reason: code,
      hint: "set ASR_QUEUE to redis://:PASSWORD@HOST:PORT, or redis://USER:PASSWORD@HOST:PORT",
    },
  );
}

function failure(kind: ErrorKind, message: string, details: ErrorDetails): AsrError {
  return new AsrError(kind, message, { ...details, stopsBatch: details.retryable !== true });
}
