import { createHash } from "node:crypto";
import { describe, expect, it, onTestFinished } from "vitest";
import { bytesBody, streamBody } from "../../src/http/body.ts";
import type { NetworkSettings } from "../../src/http/network-settings.ts";
import type { HttpRequest, HttpResponse, Transport } from "../../src/http/transport.ts";
import { createTransport } from "../../src/http/undici-transport.ts";
import { bodyOf, gone, serve, serveSockets, signpost } from "./loopback.ts";

function openTransport(settings: Partial<NetworkSettings> = {}): Transport {
  const transport = createTransport({ environment: {}, ...settings });
  onTestFinished(() => transport.close());
  return transport;
}

function send(
  transport: Transport,
  request: Partial<HttpRequest> & { url: URL },
  signal = new AbortController().signal,
): Promise<HttpResponse> {
  return transport.send(
    { method: "POST", headers: {}, ...request },
    { signal, onConnected: () => {}, onSent: () => {} },
  );
}

async function textOf(response: HttpResponse): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of response.pieces()) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

/** Bytes that differ everywhere, so that a swapped or overwritten piece shows. */
function patternAt(offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let i = 0; i < length; i++) bytes[i] = ((offset + i) * 2_654_435_761) >>> 24;
  return bytes;
}

describe("bodies", () => {
  const sizeBytes = 6_000_001;
  const expected = createHash("sha256").update(patternAt(0, sizeBytes)).digest("hex");

  it.each([1_000, 16_384, 65_535, 65_536, 65_537, 262_144])(
    "arrive byte for byte from a source that writes every %i bytes over the ones before",
    async (pieceBytes) => {
      const server = await serve(async (request, response) => {
        const hash = createHash("sha256");
        for await (const piece of request) hash.update(piece);
        response.end(`${hash.digest("hex")} ${request.headers["content-length"]}`);
      });
      const body = streamBody(sizeBytes, async function* () {
        const reused = Buffer.alloc(pieceBytes);
        for (let offset = 0; offset < sizeBytes; offset += pieceBytes) {
          const length = Math.min(pieceBytes, sizeBytes - offset);
          patternAt(offset, length).copy(reused);
          yield reused.subarray(0, length);
        }
        reused.fill(0);
      });
      const response = await send(openTransport(), { url: new URL(server.origin), body });
      expect(await textOf(response)).toBe(`${expected} ${sizeBytes}`);
    },
  );

  it.each([
    ["empty", bytesBody(Buffer.alloc(0)), "0"],
    ["absent", undefined, "0"],
  ])("that are %s are sent as such", async (_, body, length) => {
    const server = await serve(async (request, response) => {
      const text = (await bodyOf(request)).toString();
      response.end(`${request.headers["content-length"]} ${text}`);
    });
    const upload = body === undefined ? {} : { body };
    const response = await send(openTransport(), { url: new URL(server.origin), ...upload });
    expect(await textOf(response)).toBe(`${length} `);
  });

  it("go out with the headers of the request and its exact path and query", async () => {
    const server = await serve(async (request, response) => {
      const body = await bodyOf(request);
      response.setHeader("X-Twice", ["a", "b"]);
      response
        .writeHead(201)
        .end(`${request.method} ${request.url} ${request.headers["x-token"]} ${body}`);
    });
    const response = await send(openTransport(), {
      url: new URL(`${server.origin}/asr/v1/1?a=%20b&c=%E4%BD%A0`),
      headers: { "X-Token": "t" },
      body: bytesBody(Buffer.from("hello")),
    });
    expect(response.status).toBe(201);
    expect(response.headers["x-twice"]).toBe("a, b");
    expect(await textOf(response)).toBe("POST /asr/v1/1?a=%20b&c=%E4%BD%A0 t hello");
  });
});

describe("connections", () => {
  it("are kept for the next request", async () => {
    const server = await serve((request, response) => {
      request.resume().on("end", () => response.end("ok"));
    });
    const transport = openTransport();
    for (let i = 0; i < 3; i++) {
      const url = new URL(server.origin);
      await textOf(await send(transport, { url, body: bytesBody(Buffer.from("x")) }));
    }
    expect(server.connections).toHaveLength(1);
  });

  it("are destroyed when a request is aborted before its answer", async () => {
    const arrived = signpost();
    const server = await serve(() => arrived.resolve());
    const abort = new AbortController();
    const sent = send(
      openTransport(),
      { method: "GET", url: new URL(server.origin) },
      abort.signal,
    );
    const failed = expect(sent).rejects.toThrow("enough");
    await arrived.promise;
    abort.abort(new Error("enough"));
    await failed;
    await gone(server.connections[0]);
  });

  it("that do not stand yet are called off when the last request for them is aborted", async () => {
    const arrived = signpost();
    const server = await serveSockets(() => arrived.resolve(), { scheme: "https" });
    const abort = new AbortController();
    const sent = send(
      openTransport(),
      { method: "GET", url: new URL(server.origin) },
      abort.signal,
    );
    const failed = expect(sent).rejects.toThrow("enough");
    await arrived.promise;
    abort.abort(new Error("enough"));
    await failed;
    await gone(server.connections[0]);
  });

  it("are destroyed when the reader leaves in the middle of an answer", async () => {
    const server = await serve((_, response) => response.write("first"));
    const response = await send(openTransport(), { method: "GET", url: new URL(server.origin) });
    for await (const piece of response.pieces()) {
      expect(Buffer.from(piece).toString()).toBe("first");
      break;
    }
    await gone(server.connections[0]);
  });

  it("wait while nobody reads, and lose nothing of a large answer", async () => {
    const sizeBytes = 20_000_000;
    const server = await serve((_, response) => response.end(patternAt(0, sizeBytes)));
    const response = await send(openTransport(), { method: "GET", url: new URL(server.origin) });
    const hash = createHash("sha256");
    for await (const piece of response.pieces()) hash.update(piece);
    const expected = createHash("sha256").update(patternAt(0, sizeBytes)).digest("hex");
    expect(hash.digest("hex")).toBe(expected);
  });
});
