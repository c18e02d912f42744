/** Why there is no connection, or no answer: thrown by the network, understood by failures.ts. */

/**
 * No connection came about; `cause` says why. The wrapping hides codes that undici reads as "try
 * again for ever" or treats apart (UND_ERR_SOCKET, ERR_TLS_CERT_ALTNAME_INVALID).
 */
export class ConnectFailure extends Error {
  override readonly name = "ConnectFailure";

  constructor(cause: unknown) {
    super("no connection", { cause });
  }
}

/** The way to the proxy, or through it, failed. */
export class ProxyFailure extends Error {
  override readonly name = "ProxyFailure";
  /** Host and port of the proxy; never its user or password. */
  readonly proxyHost: string;
  /** The status the proxy answered with; undefined: it was not reached. */
  readonly status: number | undefined;

  constructor(proxyHost: string, status: number | undefined, cause?: unknown) {
    super(`proxy ${proxyHost}`, { cause });
    this.proxyHost = proxyHost;
    this.status = status;
  }
}

/** Nothing was heard for too long; the cause of the error that says so. */
export class Silence extends Error {
  override readonly name = "Silence";
  readonly phase: "connect" | "upload" | "answer" | "receive";
  readonly limitMs: number;

  constructor(phase: Silence["phase"], limitMs: number) {
    super(`nothing for ${limitMs} ms`);
    this.phase = phase;
    this.limitMs = limitMs;
  }
}
