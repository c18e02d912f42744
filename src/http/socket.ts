/** One connection: TCP, and TLS that is always verified. */
import net from "node:net";
import tls from "node:tls";
import { abortable } from "./abortable.ts";
import { bareHost } from "./guard.ts";
import { HIGH_WATER_BYTES } from "./steady-pieces.ts";

/** Where a socket leads. */
export interface Endpoint {
  readonly hostname: string;
  readonly port: number;
  readonly secure: boolean;
}

export type OpenSocket = (
  endpoint: Endpoint,
  signal: AbortSignal,
  /** A connection through a proxy, which is spoken through instead of a new one. */
  tunnel?: net.Socket,
) => Promise<net.Socket>;

export function endpointOf(url: Pick<URL, "protocol" | "hostname" | "port">): Endpoint {
  const secure = url.protocol === "https:";
  const port = url.port === "" ? (secure ? 443 : 80) : Number(url.port);
  return { hostname: bareHost(url.hostname), port, secure };
}

/**
 * Opens sockets that are connected and, where secure, verified against the endpoint's own name:
 * a Host header that names somebody else changes nothing about whom we trust.
 *
 * @param secureContext Trusted certificates; undefined: Node's own.
 */
export function socketOpener(secureContext: tls.SecureContext | undefined): OpenSocket {
  return async (endpoint, signal, tunnel) => {
    signal.throwIfAborted();
    if (tunnel !== undefined && !endpoint.secure) return tunnel;
    const socket = endpoint.secure
      ? startTls(endpoint, secureContext, tunnel)
      : net.connect(socketOptions(endpoint));
    socket.setNoDelay(true).setKeepAlive(true, 60_000);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const onClose = () => reject(Object.assign(new Error("closed"), { code: "ECONNRESET" }));
    socket.once(endpoint.secure ? "secureConnect" : "connect", resolve);
    socket.on("error", reject).once("close", onClose);
    try {
      await abortable(promise, signal);
    } catch (error) {
      // The error listener stays: a destroyed socket may have one more to report.
      socket.destroy();
      tunnel?.destroy();
      throw error;
    }
    return socket.off("error", reject).off("close", onClose);
  };
}

function socketOptions({ hostname, port }: Endpoint) {
  return { host: hostname, port, highWaterMark: HIGH_WATER_BYTES };
}

function startTls(
  endpoint: Endpoint,
  secureContext: tls.SecureContext | undefined,
  tunnel: net.Socket | undefined,
): tls.TLSSocket {
  return tls.connect({
    ...socketOptions(endpoint),
    servername: net.isIP(endpoint.hostname) === 0 ? endpoint.hostname : "",
    ALPNProtocols: ["http/1.1"],
    // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED=0 has no say.
    rejectUnauthorized: true,
    ...(secureContext === undefined ? {} : { secureContext }),
    ...(tunnel === undefined ? {} : { socket: tunnel }),
  });
}
