/** A server that says whatever a test makes of a request; no vendor's rules. */
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface EchoServer {
  readonly origin: string;
  /** How many connections were made. */
  connectionCount(): number;
}

/** Closes by itself at the end of the test. */
export async function openEcho(
  answer: (query: URLSearchParams, request: IncomingMessage) => unknown,
): Promise<EchoServer> {
  let connections = 0;
  const server = createServer(async (request, response) => {
    const { searchParams } = new URL(request.url ?? "", "http://vendor.test");
    for await (const _ of request);
    response.end(JSON.stringify(answer(searchParams, request)));
  });
  server.on("connection", () => connections++);
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, connectionCount: () => connections };
}
