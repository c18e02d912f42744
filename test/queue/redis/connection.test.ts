import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { AsrError } from "../../../src/errors.ts";
import { connectRedis, type RedisSettings } from "../../../src/queue/redis/connection.ts";
import { commandError } from "../../../src/queue/redis/failures.ts";
import { selfSigned } from "../../http/certificate.ts";
import { closedOrigin, serve, serveSockets } from "../../http/loopback.ts";
import { itWith } from "../../tools.ts";
import { openRedis } from "../redis-server.ts";

async function connect(url: string, settings: Partial<RedisSettings> = {}) {
  const told: string[] = [];
  const signal = new AbortController().signal;
  const connection = await connectRedis({
    url,
    signal,
    tell: (line) => told.push(line),
    ...settings,
  });
  onTestFinished(() => connection.close());
  return { ...connection, told };
}

/** The error of a connection that must not come about. */
async function failure(url: string, settings: Partial<RedisSettings> = {}): Promise<AsrError> {
  const error = await connect(url, settings).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AsrError)) throw new Error("no AsrError", { cause: error });
  expect(`${error.message}${JSON.stringify(error.details)}${error.stack}`).not.toContain("pass-of");
  return error;
}

/** What is told first of a queue that can't be had; the wait for it is given up then. */
async function firstLine(url: string): Promise<string> {
  const abort = new AbortController();
  const told: string[] = [];
  const tell = (line: string) => {
    told.push(line);
    abort.abort(new Error("stop"));
  };
  await expect(connect(url, { signal: abort.signal, tell })).rejects.toThrow("stop");
  expect(told).toHaveLength(1);
  return told.join("");
}

async function portOfNobody(): Promise<string> {
  return new URL(await closedOrigin()).port;
}

itWith("redis-server", "connects with a password, to the database of the address", async () => {
  const server = await openRedis({ password: "pass-of+a test/é" });
  const password = encodeURIComponent("pass-of+a test/é");
  const { client, another, host, told } = await connect(
    `redis://:${password}@127.0.0.1:${server.port}/3`,
  );
  await client.set("asr:test", "1");
  expect(await another().get("asr:test")).toBe("1");
  expect(await client.client("INFO")).toContain(" db=3 ");
  expect({ host, told }).toEqual({ host: `127.0.0.1:${server.port}`, told: [] });
});

describe("a password", () => {
  itWith("redis-server", "that is wrong or missing is a matter of credentials", async () => {
    const server = await openRedis({ password: "pass-of-the-test" });
    const wrong = await failure(`redis://:pass-of-nobody@127.0.0.1:${server.port}`);
    expect(wrong).toMatchObject({ kind: "credentials", exitCode: 4 });
    expect(wrong.message).toBe(`the queue at 127.0.0.1:${server.port} refuses the password`);
    const missing = await failure(server.url);
    expect(missing).toMatchObject({ kind: "credentials" });
    expect(missing.message).toContain("wants a password");
  });

  itWith("redis-server", "may belong to a user with few rights", async () => {
    const server = await openRedis({
      directives: { user: "asr on >pass-of-the-test ~asr:* &asr:* +@all" },
    });
    const { client } = await connect(`redis://asr:pass-of-the-test@127.0.0.1:${server.port}`);
    expect(await client.set("asr:test", "1")).toBe("OK");
    await expect(client.get("other")).rejects.toSatisfy((error) => {
      const { kind, details } = commandError(error, "cache:1");
      return kind === "credentials" && details.hint?.includes("~asr:*") === true;
    });
  });
});

describe("TLS", () => {
  itWith("redis-server", "is verified against the authorities of --ca-file", async () => {
    const server = await openRedis({ tls: true, password: "pass-of-the-test" });
    const caPem = readFileSync(server.caFile ?? "", "utf8");
    const { client } = await connect(server.secretUrl, { caPem });
    expect(await client.ping()).toBe("PONG");
  });

  itWith("redis-server", "to a server that nobody vouches for is refused", async () => {
    const server = await openRedis({ tls: true, password: "pass-of-the-test" });
    for (const settings of [{}, { caPem: selfSigned({ addresses: ["127.0.0.1"] }).cert }]) {
      const error = await failure(server.secretUrl, settings);
      expect(error).toMatchObject({ kind: "network", exitCode: 6 });
      expect(error.details.hint).toContain("--ca-file");
    }
  });

  it("to another host than the certificate's is refused", async () => {
    const identity = selfSigned({ names: ["redis.example"] });
    const server = await serveSockets((socket) => socket.resume(), { identity });
    const error = await failure(`rediss://127.0.0.1:${server.port}`, { caPem: identity.cert });
    expect(error.message).toContain("is not trusted");
  });
});

describe("a server that is down", () => {
  itWith("redis-server", "is waited for, with one line, and one when it is back", async () => {
    const server = await openRedis();
    const { host } = new URL(server.url);
    await server.stop();
    const told: string[] = [];
    const connecting = connect(server.url, { tell: (line) => told.push(line) });
    await vi.waitUntil(() => told.length === 1);
    await server.start();
    const { client } = await connecting;
    expect(told).toEqual([
      `the queue at ${host} is down (nobody listens there): waiting until it is back`,
      `the queue at ${host} is back`,
    ]);
    await server.stop();
    await vi.waitUntil(() => told.length === 3);
    const writing = client.set("asr:test", "1");
    await server.start();
    expect(await writing).toBe("OK");
    expect(told.slice(2)).toEqual([
      `the queue at ${host} is down (it closed the connection): waiting until it is back`,
      `the queue at ${host} is back`,
    ]);
  });

  it("is told of as what it is", async () => {
    const other = await serve((_, response) => response.end("hello"));
    expect(await firstLine(`redis://127.0.0.1:${other.port}`)).toContain("no answer that Redis");
    const identity = selfSigned({ addresses: ["127.0.0.1"] });
    const secure = await serveSockets((socket) => socket.resume(), { identity });
    expect(await firstLine(`redis://127.0.0.1:${secure.port}`)).toContain("is down");
    expect(await firstLine("redis://asr.invalid")).toMatch(/name (is not known|can't be)/);
  });

  it("is waited for no longer than the signal allows", async () => {
    expect(await firstLine(`redis://127.0.0.1:${await portOfNobody()}`)).toContain("is down");
  });

  itWith("redis-server", "is not told of when it was we who left", async () => {
    const server = await openRedis();
    const { client, close, told } = await connect(server.url);
    const ended = once(client, "end");
    close();
    await ended;
    await setImmediate();
    expect(told).toEqual([]);
  });
});

itWith("redis-server", "warns of a server that may throw jobs away", async () => {
  const server = await openRedis({ directives: { "maxmemory-policy": "allkeys-lru" } });
  const { told } = await connect(server.url);
  expect(told).toEqual([expect.stringContaining("(maxmemory-policy allkeys-lru)")]);
});
