import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { type Body, streamBody } from "../../src/http/body.ts";
import { largeBody, openWorld } from "./exchange-world.ts";
import { gone, serve, serveSockets, signpost } from "./loopback.ts";

describe("abort", () => {
  const reason = new Error("the user had enough");

  async function aborted(address: string, when: Promise<unknown>, body?: Body) {
    const { clock, send } = openWorld();
    const abort = new AbortController();
    const sent = send(address, { signal: abort.signal, ...(body === undefined ? {} : { body }) });
    const failed = expect(sent).rejects.toBe(reason);
    await when;
    abort.abort(reason);
    await failed;
    expect(clock.sleepers).toBe(0);
  }

  it("before anything", async () => {
    const { send } = openWorld();
    const server = await serve((_, response) => response.end());
    await expect(send(server.origin, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(server.connections).toHaveLength(0);
  });

  it("while connecting", async () => {
    const arrived = signpost();
    const server = await serveSockets(() => arrived.resolve(), { scheme: "https" });
    await aborted(server.origin, arrived.promise);
    await gone(server.connections[0]);
  });

  it("while the upload waits", async () => {
    const server = await serveSockets((socket) => socket.pause());
    const under = signpost();
    await aborted(
      server.origin,
      under.promise,
      largeBody((turn) => turn === 3 && under.resolve()),
    );
    await gone(server.connections[0]);
  });

  it("while the source has nothing yet", async () => {
    const server = await serve((request) => request.resume());
    const asked = signpost();
    const ended = signpost();
    const body = streamBody(5, async function* (signal) {
      yield Buffer.from("au");
      asked.resolve();
      await once(signal, "abort");
      ended.resolve();
    });
    await aborted(server.origin, asked.promise, body);
    await ended.promise;
    await gone(server.connections[0]);
  });

  it("while the answer is awaited", async () => {
    const arrived = signpost();
    const server = await serve((request) => {
      request.resume().on("end", arrived.resolve);
    });
    await aborted(server.origin, arrived.promise);
    await gone(server.connections[0]);
  });

  it("in the middle of the answer", async () => {
    const { send } = openWorld();
    const server = await serve((_, response) => response.write("first"));
    const abort = new AbortController();
    const read = async (response: { pieces(): AsyncIterable<Uint8Array> }) => {
      for await (const _ of response.pieces()) abort.abort(reason);
      return "";
    };
    await expect(send(server.origin, { signal: abort.signal, read })).rejects.toBe(reason);
    await gone(server.connections[0]);
  });

  it("is not mistaken for a failure, whatever was thrown as its reason", async () => {
    const arrived = signpost();
    const server = await serve(() => arrived.resolve());
    const { send } = openWorld();
    const abort = new AbortController();
    const failed = expect(send(server.origin, { signal: abort.signal })).rejects.toBe("SIGINT");
    await arrived.promise;
    abort.abort("SIGINT");
    await failed;
  });
});
