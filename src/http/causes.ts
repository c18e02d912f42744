/** What the codes of Node and OpenSSL say about the way to a host, and what to do about it. */

/** What a code says about the way to a host. */
interface Cause {
  readonly reason: string;
  readonly hint: string;
  readonly retryable: boolean;
}

export const CHECK_NETWORK = "check the network connection, and --proxy if this network needs one";
const CHECK_ADDRESS = "check the address (baseUrl), and --proxy if this network needs one";
const ADD_CA =
  "if this network inspects TLS, give its certificate with --ca-file; else do not trust it";

const CAUSES: Readonly<Record<string, Cause>> = {
  ECONNREFUSED: { reason: "the connection was refused", hint: CHECK_ADDRESS, retryable: true },
  ECONNRESET: {
    reason: "the connection was closed at once",
    hint: CHECK_ADDRESS,
    retryable: true,
  },
  ENOTFOUND: { reason: "no such host name", hint: CHECK_ADDRESS, retryable: false },
  EAI_AGAIN: {
    reason: "the host name can't be looked up now",
    hint: CHECK_NETWORK,
    retryable: true,
  },
  ENETUNREACH: { reason: "the network is unreachable", hint: CHECK_NETWORK, retryable: true },
  ENETDOWN: { reason: "the network is down", hint: CHECK_NETWORK, retryable: true },
  EHOSTUNREACH: { reason: "the host is unreachable", hint: CHECK_NETWORK, retryable: true },
  EHOSTDOWN: { reason: "the host is down", hint: CHECK_NETWORK, retryable: true },
  ETIMEDOUT: { reason: "the connection timed out", hint: CHECK_NETWORK, retryable: true },
  CERT_HAS_EXPIRED: {
    reason: "its certificate has expired",
    hint: "check this machine's date and time",
    retryable: false,
  },
  CERT_NOT_YET_VALID: {
    reason: "its certificate is not valid yet",
    hint: "check this machine's date and time",
    retryable: false,
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    reason: "its certificate is for another host name",
    hint: "check the address (baseUrl); on a strange network, do not go on",
    retryable: false,
  },
  CERT_REVOKED: { reason: "its certificate was revoked", hint: "do not go on", retryable: false },
  ...Object.fromEntries(
    [
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "SELF_SIGNED_CERT_IN_CHAIN",
      "UNABLE_TO_GET_ISSUER_CERT",
      "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      "CERT_UNTRUSTED",
      "CERT_SIGNATURE_FAILURE",
      "INVALID_CA",
      "INVALID_PURPOSE",
    ].map((code) => [
      code,
      { reason: "its certificate is not trusted", hint: ADD_CA, retryable: false },
    ]),
  ),
};

/** Stands for an answer that is no HTTP, or stops being it. */
const NOT_HTTP = "HPE_UNKNOWN";
const TLS = /^(?:ERR_SSL_.*|EPROTO)$/;

/** For codes of the operating system that are not in the table. */
export function unlistedCause(code: string): Cause | undefined {
  if (!/^E[A-Z0-9]+$/.test(code)) return undefined;
  return { reason: `the system says ${code}`, hint: CHECK_NETWORK, retryable: false };
}

/** Undefined: the code says nothing about why no connection came about. */
export function causeOf(code: string): Cause | undefined {
  if (Object.hasOwn(CAUSES, code)) return CAUSES[code];
  if (!TLS.test(code)) return undefined;
  return {
    reason: `no TLS connection came about (${code})`,
    hint: "check that the address (baseUrl) and port speak https",
    retryable: false,
  };
}

/**
 * An error's code. Connecting to several addresses of one host fails as a group; the first one
 * speaks for all.
 */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = "code" in error ? error.code : undefined;
  if (typeof code === "string") return code;
  // undici's parser leaves the code out of some of its errors.
  if (error.name === "HTTPParserError") return NOT_HTTP;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : undefined;
}
