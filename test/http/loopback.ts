/** Servers on this machine that behave, and misbehave, as a test needs; closed after each test. */
import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import tls from "node:tls";
import { onTestFinished } from "vitest";

export interface LoopbackServer {
  /** http://127.0.0.1:port or https://… */
  readonly origin: string;
  readonly port: number;
  /** Every connection that was ever made, oldest first. */
  readonly connections: net.Socket[];
}

export type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;

/** A server that answers HTTP. */
export async function serve(handler: Handler, identity?: tls.SecureContextOptions) {
  const server = http.createServer(handler);
  if (identity === undefined) return listen(server, "http");
  const secure = tls.createServer(identity, (socket) => server.emit("connection", socket));
  return listen(secure, "https");
}

/** A server that does with each connection whatever the test says. */
export function serveSockets(
  handler: (socket: net.Socket) => void,
  {
    scheme = "http",
    identity,
  }: { scheme?: "http" | "https"; identity?: tls.SecureContextOptions } = {},
): Promise<LoopbackServer> {
  if (identity === undefined) return listen(net.createServer(handler), scheme);
  return listen(tls.createServer(identity, handler), "https");
}

/** An origin that nobody listens at. */
export async function closedOrigin(): Promise<string> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, "close");
  return `http://127.0.0.1:${port}`;
}

async function listen(server: net.Server, scheme: string): Promise<LoopbackServer> {
  const connections: net.Socket[] = [];
  server.on("connection", (socket: net.Socket) => {
    socket.on("error", () => {});
    connections.push(socket);
  });
  server.on("tlsClientError", () => {});
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of connections) socket.destroy();
    server.close();
  });
  const { port } = server.address() as net.AddressInfo;
  return { origin: `${scheme}://127.0.0.1:${port}`, port, connections };
}

/** All bytes of a request. */
export async function bodyOf(request: http.IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Resolves when the other side has gone. */
export async function gone(socket: net.Socket | undefined): Promise<void> {
  if (socket === undefined) throw new Error("nobody ever connected");
  socket.resume();
  // Not `once` of node:events: a reset on the way is fine.
  if (!socket.destroyed) await new Promise((resolve) => socket.once("close", resolve));
}

/** A promise with its key outside: for "when the server sees …". */
export function signpost<T = void>() {
  return Promise.withResolvers<T>();
}
