/** The undici client: one for everything, with connections, proxies and trust of our own. */
import type { Readable } from "node:stream";
import { Agent, type Dispatcher } from "undici";
import type { Body } from "./body.ts";
import { createConnector } from "./connector.ts";
import type { NetworkSettings } from "./network-settings.ts";
import { chooseProxy } from "./proxy.ts";
import { endpointOf, socketOpener } from "./socket.ts";
import { steadyPieces } from "./steady-pieces.ts";
import type { HttpRequest, Transport } from "./transport.ts";
import { trustedContext } from "./trust.ts";
import { openTunnel } from "./tunnel.ts";
import { UndiciExchange } from "./undici-exchange.ts";

/** @throws AsrError kind "usage" where the CA file is unusable. */
export function openNetwork(settings: NetworkSettings): Transport {
  const openSocket = socketOpener(trustedContext(settings.caPem));
  const connector = createConnector(async (origin, signal) => {
    const proxy = chooseProxy(origin, settings);
    const target = endpointOf(origin);
    if (proxy === undefined) return openSocket(target, signal);
    const tunnel = await openTunnel(proxy, target, openSocket, signal);
    return openSocket(target, signal, tunnel);
  });
  // Time-outs are ours (exchange.ts). HTTP/1.1 alone: its writer waits for the socket.
  const agent = new Agent({
    connect: connector.connect,
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const waiting = new Map<string, number>();

  /** Counts requests without a connection; when the last one leaves, nobody needs the attempts. */
  function joinWaiting(origin: string): () => void {
    waiting.set(origin, (waiting.get(origin) ?? 0) + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const count = (waiting.get(origin) ?? 1) - 1;
      waiting.set(origin, count);
      if (count > 0) return;
      waiting.delete(origin);
      connector.cancel(origin);
    };
  }

  return {
    async send({ method, url, headers, body }, options) {
      const leaveWaiting = joinWaiting(url.origin);
      const exchange = new UndiciExchange(url.host, {
        ...options,
        onConnected() {
          leaveWaiting();
          options.onConnected();
        },
      });
      const path = `${url.pathname}${url.search}`;
      const upload = body === undefined ? {} : uploadOptions(body, headers, options.signal);
      try {
        agent.dispatch({ origin: url.origin, path, method, headers, ...upload }, exchange);
        return await exchange.response;
      } finally {
        leaveWaiting();
      }
    },
    close: () => agent.destroy(),
  };
}

function uploadOptions(
  body: Body,
  headers: HttpRequest["headers"],
  signal: AbortSignal,
): Pick<Dispatcher.DispatchOptions, "headers" | "body"> {
  // undici writes async iterables, though its types do not list them.
  const pieces: unknown = steadyPieces(body, signal);
  return {
    headers: { ...headers, "content-length": `${body.sizeBytes}` },
    body: pieces as Readable,
  };
}
