import { describe, expect, it } from "vitest";
import { streamBody } from "../../src/http/body.ts";
import { selfSigned } from "./certificate.ts";
import { openWorld } from "./exchange-world.ts";
import {
  bodyOf,
  closedOrigin,
  gone,
  type Handler,
  serve,
  serveSockets,
  signpost,
} from "./loopback.ts";
import { serveProxy } from "./proxy-server.ts";

const echo: Handler = async (request, response) => {
  response.end(`${request.headers.host} got ${await bodyOf(request)}`);
};

describe("TLS", () => {
  const identity = selfSigned({ names: ["localhost"], addresses: ["127.0.0.1"] });

  it("is refused where the certificate is not trusted", async () => {
    const { send } = openWorld();
    const server = await serve(echo, identity);
    await expect(send(server.origin)).rejects.toMatchObject({
      kind: "network",
      message: `can't connect to 127.0.0.1:${server.port}`,
      details: { reason: "its certificate is not trusted", retryable: false },
    });
  });

  it("is refused though NODE_TLS_REJECT_UNAUTHORIZED says otherwise", async () => {
    const { send } = openWorld();
    const server = await serve(echo, identity);
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
    try {
      await expect(send(server.origin)).rejects.toMatchObject({ kind: "network" });
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    }
  });

  it("takes a certificate of the CA file, among others and text", async () => {
    const { send } = openWorld();
    const server = await serve(echo, identity);
    const caPem = `company\n${selfSigned({ names: ["a.example"] }).cert}\r\n# this one\n${identity.cert}`;
    expect(await send(server.origin, { network: { caPem } })).toBe(
      `127.0.0.1:${server.port} got audio`,
    );
  });

  it.each([
    ["another name", { names: ["other.example"] }, /for another host name/],
    ["a time that is over", { addresses: ["127.0.0.1"], expired: true }, /expired/],
  ])("is refused where the certificate is for %s", async (_, wishes, reason) => {
    const { send } = openWorld();
    const wrong = selfSigned(wishes);
    const server = await serve(echo, wrong);
    await expect(send(server.origin, { network: { caPem: wrong.cert } })).rejects.toMatchObject({
      details: { reason: expect.stringMatching(reason), retryable: false },
    });
  });

  it.each([
    ["no certificate", "not a PEM file"],
    ["a damaged one", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"],
  ])("a CA file with %s is wrong usage", async (_, caPem) => {
    const { send } = openWorld();
    const server = await serve(echo, identity);
    await expect(send(server.origin, { network: { caPem } })).rejects.toMatchObject({
      kind: "usage",
    });
    expect(server.connections).toHaveLength(0);
  });

  it("trusts the address, not the Host header", async () => {
    const { send } = openWorld();
    const server = await serve(echo, identity);
    const headers = { Host: "asr.cloud.tencent.com" };
    expect(await send(server.origin, { headers, network: { caPem: identity.cert } })).toBe(
      "asr.cloud.tencent.com got audio",
    );
    const named = selfSigned({ names: ["asr.cloud.tencent.com"] });
    const other = await serve(echo, named);
    await expect(
      send(other.origin, { headers, network: { caPem: named.cert } }),
    ).rejects.toMatchObject({ details: { reason: expect.stringMatching(/another host name/) } });
  });

  it.each([1_000, 65_536, 262_144])(
    "carries large bodies byte for byte from a reused buffer of %i bytes",
    async (pieceBytes) => {
      const { send } = openWorld();
      const server = await serve(async (request, response) => {
        let sound = 0;
        for await (const piece of request) {
          for (const byte of piece as Buffer)
            if (byte === Math.floor(sound / pieceBytes) % 251) sound++;
        }
        response.end(`${sound}`);
      }, identity);
      const pieceCount = Math.ceil(3_000_000 / pieceBytes);
      const body = streamBody(pieceCount * pieceBytes, async function* () {
        const reused = Buffer.alloc(pieceBytes);
        for (let turn = 0; turn < pieceCount; turn++) yield reused.fill(turn % 251);
        reused.fill(255);
      });
      const network = { caPem: identity.cert };
      expect(await send(server.origin, { body, network })).toBe(`${pieceCount * pieceBytes}`);
    },
  );

  it("to a port that speaks plain http says so", async () => {
    const { send } = openWorld();
    const server = await serve(echo);
    await expect(send(server.origin.replace("http:", "https:"))).rejects.toMatchObject({
      kind: "network",
      details: { reason: expect.stringMatching(/no TLS connection/) },
    });
  });

  it("that is cut off at once", async () => {
    const { send } = openWorld();
    const server = await serveSockets((socket) => socket.destroy(), { scheme: "https" });
    await expect(send(server.origin)).rejects.toMatchObject({
      message: `can't connect to 127.0.0.1:${server.port}`,
      details: { retryable: true },
    });
  });
});

describe("a proxy", () => {
  const identity = selfSigned({ names: ["asr.example"] });
  const caPem = identity.cert;

  it.each(["https_proxy", "HTTPS_PROXY", "ALL_PROXY"])(
    "of %s is asked for a tunnel",
    async (name) => {
      const { send } = openWorld();
      const server = await serve(echo, identity);
      const proxy = await serveProxy({ port: server.port });
      const network = { caPem, environment: { [name]: proxy.origin } };
      expect(await send("https://asr.example/v1", { network })).toBe("asr.example got audio");
      expect(proxy.tunnels).toEqual([{ target: "asr.example:443", authorization: undefined }]);
    },
  );

  it("of the settings wins, and gets its user and password", async () => {
    const { send } = openWorld();
    const server = await serve(echo, identity);
    const proxy = await serveProxy({ port: server.port });
    const network = {
      caPem,
      proxy: proxy.origin.replace("//", "//me:p%40ss@"),
      environment: { https_proxy: await closedOrigin() },
    };
    await send("https://asr.example:8443/", { network });
    const authorization = `Basic ${Buffer.from("me:p@ss").toString("base64")}`;
    expect(proxy.tunnels).toEqual([{ target: "asr.example:8443", authorization }]);
  });

  it("on this machine may carry plain http to this machine", async () => {
    const { send } = openWorld();
    const server = await serve(echo);
    const proxy = await serveProxy({});
    expect(await send(server.origin, { network: { proxy: proxy.origin } })).toMatch(/got audio/);
    expect(proxy.tunnels).toHaveLength(1);
  });

  it.each([
    ["this machine", {}],
    ["what NO_PROXY lists", { NO_PROXY: "127.0.0.1" }],
  ])("of the environment is not used for %s", async (_, environment) => {
    const { send } = openWorld();
    const server = await serve(echo);
    const proxy = await serveProxy({});
    const network = {
      environment: { http_proxy: proxy.origin, all_proxy: proxy.origin, ...environment },
    };
    expect(await send(server.origin, { network })).toMatch(/got audio/);
    expect(proxy.connections).toHaveLength(0);
  });

  it("with https of its own carries TLS in TLS", async () => {
    const { send } = openWorld();
    const server = await serve(echo, identity);
    const proxyIdentity = selfSigned({ addresses: ["127.0.0.1"] });
    const proxy = await serveProxy({ port: server.port, identity: proxyIdentity });
    const network = { caPem: `${caPem}${proxyIdentity.cert}`, proxy: proxy.origin };
    expect(await send("https://asr.example/", { network })).toBe("asr.example got audio");
    expect(proxy.tunnels).toHaveLength(1);
  });

  it("with https of its own is verified too", async () => {
    const { send } = openWorld();
    const proxyIdentity = selfSigned({ addresses: ["127.0.0.1"] });
    const proxy = await serve((_, response) => response.end(), proxyIdentity);
    const network = { caPem, proxy: proxy.origin };
    await expect(send("https://asr.example/", { network })).rejects.toMatchObject({
      message: `can't connect to asr.example through the proxy 127.0.0.1:${proxy.port}`,
      details: { reason: "its certificate is not trusted", retryable: false },
    });
  });

  it.each([
    [407, /wants a user and a password/, false],
    [403, /does not connect to asr\.example \(HTTP 403\)/, false],
    [503, /does not connect to asr\.example \(HTTP 503\)/, true],
  ])("that answers %i", async (refusal, message, retryable) => {
    const { send } = openWorld();
    const proxy = await serveProxy({ refusal });
    const network = { proxy: proxy.origin.replace("//", "//me:hunter2@") };
    const error = await send("https://asr.example/", { network }).catch((thrown) => thrown);
    expect(error).toMatchObject({ kind: "network", details: { retryable } });
    expect(error.message).toMatch(message);
    expect(error.message).not.toMatch(/hunter2/);
  });

  it("that is not there", async () => {
    const { send } = openWorld();
    const proxy = await closedOrigin();
    await expect(send("https://asr.example/", { network: { proxy } })).rejects.toMatchObject({
      message: `can't connect to asr.example through the proxy ${new URL(proxy).host}`,
      details: { reason: "the connection was refused", retryable: true },
    });
  });

  it("that hangs up", async () => {
    const { send } = openWorld();
    const proxy = await serveSockets((socket) => socket.once("data", () => socket.destroy()));
    await expect(
      send("https://asr.example/", { network: { proxy: proxy.origin } }),
    ).rejects.toMatchObject({
      details: { reason: "the proxy closed the connection", retryable: true },
    });
  });

  it("whose tunnel leads to the wrong server is found out", async () => {
    const { send } = openWorld();
    const wrong = selfSigned({ names: ["evil.example"] });
    const server = await serve(echo, wrong);
    const proxy = await serveProxy({ port: server.port });
    const network = { caPem: wrong.cert, proxy: proxy.origin };
    await expect(send("https://asr.example/", { network })).rejects.toMatchObject({
      message: "can't connect to asr.example",
      details: { reason: expect.stringMatching(/another host name/) },
    });
  });

  it("that never answers falls under the connection's time-out, and is left", async () => {
    const { clock, send } = openWorld();
    const asked = signpost();
    const proxy = await serveSockets((socket) => socket.once("data", () => asked.resolve()));
    const network = { proxy: proxy.origin };
    const failed = expect(send("https://asr.example/", { network })).rejects.toMatchObject({
      message: "no connection to asr.example within 10 s",
    });
    await asked.promise;
    await clock.advance(10_000);
    await failed;
    await gone(proxy.connections[0]);
  });

  it("whose address is unusable is wrong usage", async () => {
    const { send } = openWorld();
    const network = { proxy: "socks5://127.0.0.1:1080" };
    await expect(send("https://asr.example/", { network })).rejects.toMatchObject({
      kind: "usage",
    });
  });
});
