/**
 * Makes the undici client's connections, and calls them off: undici alone lets an aborted request
 * wait until its connection stands.
 */
import type { Socket } from "node:net";
import type { buildConnector } from "undici";
import { ConnectFailure } from "./connect-failure.ts";

export interface Connector {
  /** For undici's `connect` option. */
  readonly connect: buildConnector.connector;
  /** Calls off every connection to an origin that does not stand yet. */
  cancel(origin: string): void;
}

/** @param open Makes a connection for requests to an origin. */
export function createConnector(
  open: (origin: URL, signal: AbortSignal) => Promise<Socket>,
): Connector {
  const pending = new Map<string, Set<AbortController>>();
  return {
    connect({ protocol, hostname, host, port }, callback) {
      const url = new URL(`${protocol}//${host ?? `${hostname}:${port}`}`);
      const attempt = new AbortController();
      const attempts = pending.get(url.origin) ?? new Set();
      pending.set(url.origin, attempts.add(attempt));
      open(url, attempt.signal)
        .finally(() => {
          attempts.delete(attempt);
          if (attempts.size === 0) pending.delete(url.origin);
        })
        .then(
          (socket) => callback(null, socket),
          (error) => callback(new ConnectFailure(error), null),
        );
    },
    cancel(origin) {
      for (const attempt of pending.get(origin) ?? []) attempt.abort();
    },
  };
}
