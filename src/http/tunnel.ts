/** Connections through an HTTP proxy: always a CONNECT tunnel, so that the proxy sees no request. */
import type net from "node:net";
import { Client } from "undici";
import { abortable } from "./abortable.ts";
import { ProxyFailure } from "./connect-failure.ts";
import { type Endpoint, endpointOf, type OpenSocket } from "./socket.ts";

/**
 * Opens a plain socket that the proxy connects through to the target.
 *
 * @throws ProxyFailure
 */
export async function openTunnel(
  proxy: URL,
  target: Endpoint,
  openSocket: OpenSocket,
  signal: AbortSignal,
): Promise<net.Socket> {
  const client = new Client(proxy.origin, {
    connect: (_, callback) => {
      openSocket(endpointOf(proxy), signal).then(
        (socket) => callback(null, socket),
        (error) => callback(error, null),
      );
    },
    headersTimeout: 0,
  });
  const host = target.hostname.includes(":") ? `[${target.hostname}]` : target.hostname;
  const path = `${host}:${target.port}`;
  let status: number | undefined;
  try {
    const headers = { host: path, ...proxyAuthorization(proxy) };
    const answer = await abortable(client.connect({ path, headers }), signal);
    status = answer.statusCode;
    const socket = answer.socket as net.Socket;
    if (status >= 200 && status <= 299) return socket;
    socket.on("error", () => {}).destroy();
  } catch (error) {
    signal.throwIfAborted();
    throw new ProxyFailure(proxy.host, undefined, error);
  } finally {
    void client.destroy();
  }
  throw new ProxyFailure(proxy.host, status);
}

function proxyAuthorization({ username, password }: URL): Record<string, string> {
  if (username === "" && password === "") return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}
