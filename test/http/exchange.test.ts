import { EventEmitter, getEventListeners, once } from "node:events";
import { describe, expect, it } from "vitest";
import { AsrError } from "../../src/errors.ts";
import { streamBody } from "../../src/http/body.ts";
import type { Transport } from "../../src/http/transport.ts";
import { largeBody, openWorld } from "./exchange-world.ts";
import { bodyOf, closedOrigin, gone, serve, serveSockets, signpost } from "./loopback.ts";

const HALF_ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf";

describe("a request that succeeds", () => {
  it("leaves no timer, no listener and no waiting source behind", async () => {
    const { clock, send } = openWorld();
    const server = await serve(async (request, response) => response.end(await bodyOf(request)));
    let bodySignal: AbortSignal | undefined;
    const body = streamBody(5, async function* (signal) {
      bodySignal = signal;
      yield Buffer.from("audio");
    });
    const { signal } = new AbortController();
    expect(await send(server.origin, { body, signal })).toBe("audio");
    expect(clock.sleepers).toBe(0);
    expect(getEventListeners(signal, "abort")).toEqual([]);
    expect(bodySignal?.aborted).toBe(true);
  });

  it("may take as long as it likes while something moves", async () => {
    const { clock, send } = openWorld();
    const server = await serve(async (request, response) => {
      request.resume();
      for (let i = 0; i < 5; i++) {
        await clock.advance(50_000);
        const heardPiece = once(heard, "piece");
        response.write("x");
        await heardPiece;
      }
      response.end();
    });
    const heard = new EventEmitter();
    const read = async (response: { pieces(): AsyncIterable<Uint8Array> }) => {
      let text = "";
      for await (const piece of response.pieces()) {
        text += Buffer.from(piece).toString();
        heard.emit("piece");
      }
      return text;
    };
    expect(await send(server.origin, { read })).toBe("xxxxx");
    expect(clock.elapsedMs).toBe(250_000);
  });

  it("does not count the time that our own reader or source takes", async () => {
    const { clock, send } = openWorld();
    const server = await serve(async (request, response) => response.end(await bodyOf(request)));
    const body = streamBody(2, async function* () {
      yield Buffer.from("a");
      await clock.advance(10_000_000);
      yield Buffer.from("b");
    });
    const read = async (response: { pieces(): AsyncIterable<Uint8Array> }) => {
      await clock.advance(10_000_000);
      let text = "";
      for await (const piece of response.pieces()) {
        text += Buffer.from(piece).toString();
        await clock.advance(10_000_000);
      }
      return text;
    };
    expect(await send(server.origin, { body, read })).toBe("ab");
  });
});

describe("time-outs", () => {
  it("of the connection", async () => {
    const { clock, send } = openWorld();
    const arrived = signpost();
    // Accepts, and never says a word of TLS.
    const server = await serveSockets(() => arrived.resolve(), { scheme: "https" });
    const failed = expect(send(server.origin)).rejects.toMatchObject({
      kind: "network",
      message: `no connection to 127.0.0.1:${server.port} within 10 s`,
      details: { retryable: true },
    });
    await arrived.promise;
    await clock.advance(10_000);
    await failed;
    expect(clock.elapsedMs).toBe(10_000);
    await gone(server.connections[0]);
  });

  it("of an upload that is not taken", async () => {
    const { clock, send } = openWorld();
    const server = await serveSockets((socket) => socket.pause());
    const sent = send(server.origin, { body: largeBody() });
    const failed = expect(sent).rejects.toMatchObject({
      message: `127.0.0.1:${server.port} took nothing of the upload for 600 s`,
      details: { retryable: true },
    });
    await clock.advanceUntilSettled(sent, 600_000);
    await failed;
    await expect(sent).rejects.not.toHaveProperty("details.outcomeUnknown");
    await gone(server.connections[0]);
  });

  it("of the answer: the vendor may have done the work", async () => {
    const { clock, send } = openWorld();
    const arrived = signpost();
    const server = await serve((request) => {
      request.resume().on("end", arrived.resolve);
    });
    const failed = expect(send(server.origin)).rejects.toMatchObject({
      message: `no answer from 127.0.0.1:${server.port} within 600 s`,
      details: { retryable: true, outcomeUnknown: true },
    });
    await arrived.promise;
    await clock.advance(600_000);
    await failed;
    expect(clock.sleepers).toBe(0);
    await gone(server.connections[0]);
  });

  it("of an answer that stops", async () => {
    const { clock, send } = openWorld();
    const server = await serve((_, response) => response.write("first"));
    const arrived = signpost();
    const read = async (response: { pieces(): AsyncIterable<Uint8Array> }) => {
      for await (const _ of response.pieces()) arrived.resolve();
      return "";
    };
    const failed = expect(send(server.origin, { read })).rejects.toMatchObject({
      message: `the answer from 127.0.0.1:${server.port} stopped for 60 s`,
      details: { retryable: true, outcomeUnknown: true },
    });
    await arrived.promise;
    await clock.advance(60_000);
    await failed;
    await gone(server.connections[0]);
  });
});

describe("connections that break", () => {
  it("when nobody listens", async () => {
    const { send } = openWorld();
    const origin = await closedOrigin();
    await expect(send(origin)).rejects.toMatchObject({
      kind: "network",
      message: `can't connect to ${new URL(origin).host}`,
      details: { reason: "the connection was refused", retryable: true },
    });
  });

  it("when the name does not exist", async () => {
    const { send } = openWorld();
    await expect(send("https://does-not-exist.invalid/?secretid=AKID")).rejects.toMatchObject({
      message: "can't connect to does-not-exist.invalid",
      // The resolver of a machine without any network says so instead.
      details: { reason: expect.stringMatching(/host name/) },
    });
  });

  it("in the middle of the upload: nothing can have been done", async () => {
    const { send } = openWorld();
    const server = await serveSockets((socket) =>
      socket.once("data", () => socket.resetAndDestroy()),
    );
    const error = await send(server.origin, { body: largeBody() }).catch((thrown) => thrown);
    expect(error).toMatchObject({
      message: `the connection to 127.0.0.1:${server.port} broke during the upload`,
      details: { retryable: true },
    });
    expect(error.details.outcomeUnknown).toBeUndefined();
  });

  it("while the last piece is on its way: all of it may have arrived", async () => {
    const { send } = openWorld();
    const outcomeAfter = async (pieceCount: number) => {
      const transport: Transport = {
        async send({ body }, { onConnected, signal }) {
          onConnected();
          const pieces = body?.open(signal)[Symbol.asyncIterator]();
          for (let i = 0; i < pieceCount; i++) await pieces?.next();
          throw Object.assign(new Error("reset"), { code: "ECONNRESET" });
        },
        close: async () => {},
      };
      const body = streamBody(3, async function* () {
        for (const text of ["a", "b", "c"]) yield Buffer.from(text);
      });
      const sent = send("https://asr.example/", { transport, body });
      return sent.catch((error: AsrError) => error.details.outcomeUnknown);
    };
    expect(await outcomeAfter(2)).toBeUndefined();
    expect(await outcomeAfter(3)).toBe(true);
  });

  it("before the answer: the vendor may have done the work", async () => {
    const { send } = openWorld();
    const server = await serve((request) => {
      request.resume().on("end", () => request.socket.destroy());
    });
    await expect(send(server.origin)).rejects.toMatchObject({
      message: `the connection to 127.0.0.1:${server.port} broke before the answer`,
      details: { retryable: true, outcomeUnknown: true },
    });
  });

  it("in the middle of the answer: the vendor has done the work", async () => {
    const { send } = openWorld();
    const server = await serveSockets((socket) =>
      socket.once("data", () => socket.end(HALF_ANSWER)),
    );
    await expect(send(server.origin)).rejects.toMatchObject({
      message: `the connection to 127.0.0.1:${server.port} broke in the middle of the answer`,
      details: { retryable: true, outcomeUnknown: true },
    });
  });

  it("in the middle of an answer that told of failure: nothing was done", async () => {
    const { send } = openWorld();
    const half = HALF_ANSWER.replace("200 OK", "503 Busy");
    const server = await serveSockets((socket) => socket.once("data", () => socket.end(half)));
    const error = await send(server.origin).catch((thrown) => thrown);
    expect(error.details).toMatchObject({ retryable: true, reason: "it had answered HTTP 503" });
    expect(error.details.outcomeUnknown).toBeUndefined();
  });

  it("when the answer is no HTTP", async () => {
    const { send } = openWorld();
    const server = await serveSockets((socket) =>
      socket.once("data", () => socket.end("SSH-2.0-x\r\n")),
    );
    await expect(send(server.origin)).rejects.toMatchObject({
      kind: "network",
      message: `127.0.0.1:${server.port} does not speak HTTP`,
      details: { retryable: false },
    });
  });

  it("when the answer stops being HTTP", async () => {
    const { send } = openWorld();
    const garbled = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\nzz\r\n";
    const server = await serveSockets((socket) => socket.once("data", () => socket.end(garbled)));
    await expect(send(server.origin)).rejects.toMatchObject({
      message: `the connection to 127.0.0.1:${server.port} broke in the middle of the answer`,
      details: { retryable: true, outcomeUnknown: true },
    });
  });
});

describe("what is refused", () => {
  it("plain http to another machine, before any connection or body is opened", async () => {
    const { send } = openWorld();
    let opened = false;
    const body = streamBody(1, async function* () {
      opened = true;
      yield Buffer.from("x");
    });
    await expect(send("http://192.0.2.1/", { body })).rejects.toMatchObject({ kind: "usage" });
    expect(opened).toBe(false);
  });

  it("redirects: the other place hears nothing", async () => {
    const { send } = openWorld();
    const other = await serve((_, response) => response.end());
    const server = await serve((request, response) => {
      request.resume();
      response.writeHead(307, { location: `${other.origin}/in?token=t` }).end();
    });
    await expect(send(server.origin)).rejects.toMatchObject({
      kind: "usage",
      message: `127.0.0.1:${server.port} redirects to ${other.origin} (HTTP 307)`,
      details: { retryable: false },
    });
    expect(other.connections).toHaveLength(0);
  });

  it.each([4, 6])("a body that is not as long as it said: %i bytes for 5", async (length) => {
    const { send } = openWorld();
    const server = await serve(async (request, response) => response.end(await bodyOf(request)));
    const body = streamBody(5, async function* () {
      yield Buffer.alloc(length);
    });
    await expect(send(server.origin, { body })).rejects.toMatchObject({
      kind: "audio",
      message: "the audio changed while it was being sent",
    });
  });

  it("nothing of a failing source: its error comes through as it is", async () => {
    const { send } = openWorld();
    const server = await serve((request) => request.resume());
    const failure = Object.assign(new Error("disk"), { code: "ETIMEDOUT" });
    const body = streamBody(5, async function* () {
      yield Buffer.from("au");
      throw failure;
    });
    await expect(send(server.origin, { body })).rejects.toBe(failure);
    await gone(server.connections[0]);
  });
});

describe("an answer that comes before the upload is through", () => {
  it("is read, and the upload ends", async () => {
    const { send } = openWorld();
    const server = await serve((request, response) => {
      request.once("data", () => response.writeHead(413).end("too large"));
    });
    let turns = 0;
    const body = largeBody((turn) => {
      turns = turn;
    });
    const read = async (response: { status: number }) => `${response.status}`;
    expect(await send(server.origin, { body, read })).toBe("413");
    await gone(server.connections[0]);
    expect(turns).toBeLessThan(399);
  });
});

it("a reader's own error comes through, and the connection is not left half read", async () => {
  const { send } = openWorld();
  const server = await serve((_, response) => response.write("first"));
  const failure = new AsrError("recognition", "4001");
  const read = async () => {
    throw failure;
  };
  await expect(send(server.origin, { read })).rejects.toBe(failure);
  await gone(server.connections[0]);
});
