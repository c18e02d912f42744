import type http from "node:http";
import { setImmediate } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { AsrError } from "../../src/errors.ts";
import { readJson } from "../../src/http/answer.ts";
import { jsonBody } from "../../src/http/body.ts";
import { type Call, createHttpClient } from "../../src/http/client.ts";
import { createLimiter } from "../../src/http/local-limiter.ts";
import type { Transport } from "../../src/http/transport.ts";
import { createTransport } from "../../src/http/undici-transport.ts";
import { FakeClock } from "./fake-clock.ts";
import { bodyOf, gone, serve, serveSockets, signpost } from "./loopback.ts";

/** A client and what it said, over the network of this machine. */
function openClient(settings: { maxRepeats?: number; silenceMs?: number } = {}) {
  const clock = new FakeClock();
  const network = createTransport({ environment: {} });
  let atVendor = 0;
  const transport: Transport = {
    async send(request, options) {
      atVendor++;
      options.signal.addEventListener("abort", () => atVendor--, { once: true });
      return network.send(request, options);
    },
    close: () => network.close(),
  };
  const limiter = createLimiter(clock);
  const client = createHttpClient({ transport, limiter, clock, random: () => 0, ...settings });
  onTestFinished(() => client.close());
  const log: string[] = [];
  const attempts: number[] = [];
  let billedTwice = 0;
  /** Asks `origin` for JSON; each try tells its number. */
  const send = (origin: string, wishes: Partial<Call<unknown>> = {}) => {
    const sent = client.send<unknown>({
      origin,
      paid: true,
      signal: new AbortController().signal,
      log: (line) => log.push(line),
      secrets: [],
      build(attempt) {
        attempts.push(attempt);
        const url = new URL(`/asr?secretid=AKID&timestamp=${clock.elapsedMs}`, origin);
        return { method: "POST", url, headers: {}, body: jsonBody({ attempt }) };
      },
      read: (response) => readJson(response),
      onPossiblyBilledTwice: () => {
        billedTwice++;
      },
      ...wishes,
    });
    sent.catch(() => {});
    return sent;
  };
  /** Waits for a call; time passes only while nothing is at the vendor. */
  const settle = async (sent: Promise<unknown>) => {
    let settled = false;
    const end = () => {
      settled = true;
    };
    sent.then(end, end);
    while (!settled) {
      await setImmediate();
      if (atVendor === 0) await clock.advanceToNext();
    }
    return sent;
  };
  return { clock, client, log, attempts, send, settle, billedTwice: () => billedTwice };
}

/** A server that goes through these answers, one a request, and notes what it was asked. */
async function serveInTurn(
  ...answers: { status: number; headers?: Record<string, string>; body?: string; drop?: boolean }[]
) {
  const asked: { url: string | undefined; body: string }[] = [];
  const server = await serve(async (request, response) => {
    const body = (await bodyOf(request)).toString();
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push({ url: request.url, body });
    if (answer === undefined || answer.drop === true) request.socket.destroy();
    else response.writeHead(answer.status, answer.headers).end(answer.body ?? '{"ok":true}');
  });
  return { ...server, asked };
}

const OK = { status: 200 };
const DROP = { status: 0, drop: true };

describe("repeats", () => {
  it("build and sign every try afresh, and keep their body", async () => {
    const { send, settle, attempts } = openClient();
    const server = await serveInTurn({ status: 503, body: "busy" }, OK);
    expect(await settle(send(server.origin))).toEqual({ ok: true });
    expect(attempts).toEqual([1, 2]);
    expect(server.asked).toEqual([
      { url: "/asr?secretid=AKID&timestamp=0", body: '{"attempt":1}' },
      { url: "/asr?secretid=AKID&timestamp=500", body: '{"attempt":2}' },
    ]);
  });

  it("wait as long as Retry-After says in seconds", async () => {
    const { send, settle } = openClient();
    const busy = { status: 429, headers: { "retry-after": "20" }, body: "slow down" };
    const server = await serveInTurn(busy, OK);
    await settle(send(server.origin));
    expect(server.asked[1]?.url).toMatch(/timestamp=20000$/);
  });

  it("wait as long as Retry-After says as a date", async () => {
    const { clock, send, settle } = openClient();
    const date = new Date(clock.startMs + 7_000).toUTCString();
    const server = await serveInTurn(
      { status: 503, headers: { "retry-after": date }, body: "" },
      OK,
    );
    await settle(send(server.origin));
    expect(server.asked[1]?.url).toMatch(/timestamp=7000$/);
  });

  it("wait until the rate limit resets, where that is what went wrong", async () => {
    const { send, settle } = openClient();
    const reset = { "x-ogw-ratelimit-reset": "9" };
    const server = await serveInTurn({ status: 429, headers: reset, body: "" }, OK);
    await settle(send(server.origin));
    expect(server.asked[1]?.url).toMatch(/timestamp=9000$/);
    const other = await serveInTurn({ status: 500, headers: reset, body: "" }, OK);
    const second = openClient();
    await second.settle(second.send(other.origin));
    expect(other.asked[1]?.url).toMatch(/timestamp=500$/);
  });

  it("are told with -v, without secrets and without the address", async () => {
    const { send, settle, log } = openClient();
    const server = await serveInTurn({ status: 503, body: "AKID" }, OK);
    const read: Call<unknown>["read"] = async (response) => {
      if (response.status === 503) throw new AsrError("network", "AKID: busy", { retryable: true });
      return response.status;
    };
    await settle(send(server.origin, { read, secrets: ["AKID"] }));
    const host = `127.0.0.1:${server.port}`;
    expect(log).toEqual([
      `POST to ${host}, 13 bytes`,
      `${host} answers HTTP 503 after 0 ms`,
      "***: busy; try 2 of 4 in 500 ms",
      `POST to ${host}, 13 bytes`,
      `${host} answers HTTP 200 after 0 ms`,
    ]);
  });

  it.each([
    [{ maxRepeats: 0 }, {}, 1],
    [{ maxRepeats: 1 }, {}, 2],
    [{}, {}, 4],
    [{ maxRepeats: 5 }, { maxRepeats: 2 }, 3],
    [{ maxRepeats: 1 }, { maxRepeats: 2 }, 2],
  ])("with %o and a call's %o: %i tries", async (settings, wishes, tries) => {
    const { send, settle } = openClient(settings);
    const server = await serveInTurn({ status: 503, body: "busy" });
    await expect(settle(send(server.origin, wishes))).rejects.toMatchObject({ kind: "network" });
    expect(server.asked).toHaveLength(tries);
  });

  it("do not follow an answer that sending again can't mend", async () => {
    const { send, settle } = openClient();
    const server = await serveInTurn({ status: 404, body: "404 page not found" });
    await expect(settle(send(server.origin))).rejects.toMatchObject({ kind: "usage" });
    expect(server.asked).toHaveLength(1);
  });
});

describe("an unknown outcome", () => {
  it("of a paid request: it is sent once more, and that is said", async () => {
    const { send, settle, billedTwice } = openClient();
    const server = await serveInTurn(DROP, OK);
    expect(await settle(send(server.origin))).toEqual({ ok: true });
    expect(server.asked).toHaveLength(2);
    expect(billedTwice()).toBe(1);
  });

  it("of a paid request, twice: it is not sent a third time", async () => {
    const { send, settle, billedTwice } = openClient();
    const server = await serveInTurn(DROP);
    await expect(settle(send(server.origin))).rejects.toMatchObject({
      details: { outcomeUnknown: true },
    });
    expect(server.asked).toHaveLength(2);
    expect(billedTwice()).toBe(1);
  });

  it("of half an answer counts as well", async () => {
    const { send, settle, billedTwice } = openClient();
    const server = await serveInTurn({ status: 200, body: '{"text":"hal' });
    await expect(settle(send(server.origin))).rejects.toMatchObject({ kind: "network" });
    expect(server.asked).toHaveLength(2);
    expect(billedTwice()).toBe(1);
  });

  it("of a time-out counts as well", async () => {
    const { clock, send, billedTwice } = openClient({ silenceMs: 5_000 });
    let arrived = signpost();
    const server = await serve((request) => {
      request.resume().on("end", () => arrived.resolve());
    });
    const sent = send(server.origin);
    await arrived.promise;
    arrived = signpost();
    await clock.advance(5_500);
    await arrived.promise;
    await clock.advance(5_000);
    await expect(sent).rejects.toMatchObject({
      message: `no answer from 127.0.0.1:${server.port} within 5 s`,
    });
    expect(billedTwice()).toBe(1);
  });

  it("of an unpaid request is like any other failure", async () => {
    const { send, settle, billedTwice } = openClient();
    const server = await serveInTurn(DROP, DROP, DROP, OK);
    expect(await settle(send(server.origin, { paid: false }))).toEqual({ ok: true });
    expect(billedTwice()).toBe(0);
  });
});

describe("accounts", () => {
  const account = { key: "tencent-flash/1", limit: "tencent-flash/1", maxConcurrency: 2 };

  it("never have more requests at the vendor than they may", async () => {
    const { send } = openClient();
    const waiting: http.ServerResponse[] = [];
    let most = 0;
    // Answers when two are there.
    const server = await serve(async (request, response) => {
      await bodyOf(request);
      most = Math.max(most, waiting.push(response));
      if (waiting.length === 2) for (const each of waiting.splice(0)) each.end("1");
    });
    await Promise.all(Array.from({ length: 10 }, () => send(server.origin, { account })));
    expect(most).toBe(2);
    expect(server.connections).toHaveLength(2);
  });

  it("slow down when the vendor says too many, whatever its way of saying so", async () => {
    const { clock, send, settle } = openClient();
    const server = await serveInTurn({ status: 200, body: '{"code":4006}' }, OK);
    const read: Call<unknown>["read"] = async (response) => {
      const answer = (await readJson(response)) as { code?: number };
      if (answer.code === 4006) {
        throw new AsrError("quota", "too many", { vendorCode: 4006, retryable: true });
      }
      return clock.elapsedMs;
    };
    // The back-off alone would be half a second; the account rests for a whole one.
    expect(await settle(send(server.origin, { account, read }))).toBe(1_000);
  });

  it("wait for each other without using up their repeats", async () => {
    const { send, settle, log } = openClient({ maxRepeats: 1 });
    let open = 0;
    // Takes one at a time, and keeps it until all others have been refused twice.
    let refused = 0;
    let release: (() => void) | undefined;
    const server = await serve(async (request, response) => {
      await bodyOf(request);
      if (open === 1) {
        refused += 1;
        response.writeHead(429).end("slow down");
      } else {
        open += 1;
        release = () => {
          open -= 1;
          response.end("1");
        };
      }
      if (refused >= 3) release?.();
    });
    const four = { key: "four", limit: "four", maxConcurrency: 4 };
    const all = Array.from({ length: 4 }, () => send(server.origin, { account: four }));
    expect(await settle(Promise.all(all))).toEqual([1, 1, 1, 1]);
    expect(log.filter((line) => line.includes("again in"))).toHaveLength(refused);
    expect(refused).toBe(3);
  });

  it("stop a run where the vendor has never taken anything for a minute and a half", async () => {
    const { clock, send, settle } = openClient();
    const server = await serveInTurn({ status: 429, body: "slow down" });
    const failures: AsrError[] = [];
    while (failures.at(-1)?.details.stopsBatch !== true) {
      const sent = settle(send(server.origin, { account }));
      failures.push(
        await sent.then(
          () => expect.fail("answered"),
          (error) => error,
        ),
      );
    }
    expect(failures.every(({ kind, retryable }) => kind === "quota" && retryable)).toBe(true);
    expect(clock.elapsedMs).toBeGreaterThan(90_000);
    expect(clock.elapsedMs).toBeLessThan(130_000);
    expect(server.asked).toHaveLength(4 * failures.length);
  });

  it("end after their repeats where they hold no place of an account", async () => {
    const { send, settle } = openClient();
    const server = await serveInTurn({ status: 429, body: "slow down" });
    await expect(settle(send(server.origin))).rejects.toMatchObject({ kind: "quota" });
    expect(server.asked).toHaveLength(4);
  });

  it("get their place back after every kind of end", async () => {
    const { send, settle } = openClient({ maxRepeats: 0 });
    const server = await serveInTurn(DROP, { status: 404, body: "x" }, OK);
    const single = { account: { key: "one", limit: "one", maxConcurrency: 1 } };
    const build = () => {
      throw new TypeError("a fault");
    };
    await expect(settle(send(server.origin, single))).rejects.toThrow();
    await expect(settle(send(server.origin, single))).rejects.toThrow();
    await expect(settle(send(server.origin, { ...single, build }))).rejects.toThrow("a fault");
    const aborted = { ...single, signal: AbortSignal.abort(new Error("stop")) };
    await expect(settle(send(server.origin, aborted))).rejects.toThrow("stop");
    expect(await settle(send(server.origin, single))).toEqual({ ok: true });
  });
});

describe("secrets", () => {
  it("are masked in whatever a vendor or a gateway echoes", async () => {
    const { send, settle } = openClient();
    const server = await serveInTurn({ status: 400, body: "bad request: /asr?secretid=AKID" });
    await expect(settle(send(server.origin, { secrets: ["AKID"] }))).rejects.toMatchObject({
      details: { reason: "it begins: bad request: /asr?secretid=***" },
    });
  });

  it("do not reach another origin than the configured one", async () => {
    const { send, settle } = openClient();
    const other = await serve((_, response) => response.end("{}"));
    const build = () => ({ method: "GET" as const, url: new URL(other.origin), headers: {} });
    await expect(settle(send("https://api.stepfun.com", { build }))).rejects.toMatchObject({
      kind: "internal",
    });
    expect(other.connections).toHaveLength(0);
  });
});

describe("abort", () => {
  const reason = new Error("enough");
  const account = { key: "one", limit: "one", maxConcurrency: 1 };

  async function aborted(
    { clock, send }: ReturnType<typeof openClient>,
    origin: string,
    when: () => Promise<unknown>,
  ) {
    const abort = new AbortController();
    const sent = send(origin, { account, signal: abort.signal });
    await when();
    abort.abort(reason);
    await expect(sent).rejects.toBe(reason);
    expect(clock.sleepers).toBe(0);
  }

  it("in the queue", async () => {
    const world = openClient();
    const place = await world.client.limiter.enter(account, {
      signal: new AbortController().signal,
    });
    const server = await serve((_, response) => response.end());
    await aborted(world, server.origin, async () => {});
    expect(server.connections).toHaveLength(0);
    place.leave();
  });

  it("during the back-off", async () => {
    const world = openClient();
    const server = await serveInTurn({ status: 503, body: "busy" });
    await aborted(world, server.origin, async () => {
      while (!world.log.some((line) => line.includes("try 2"))) await world.clock.advance(0);
    });
    expect(server.asked).toHaveLength(1);
  });

  it("at the vendor", async () => {
    const world = openClient();
    const arrived = signpost();
    const server = await serveSockets((socket) => socket.once("data", () => arrived.resolve()));
    await aborted(world, server.origin, () => arrived.promise);
    await gone(server.connections[0]);
  });
});

it("speaks to any transport: recorded answers need no network", async () => {
  const clock = new FakeClock();
  const transport: Transport = {
    async send(request, { onConnected, onSent, signal }) {
      onConnected();
      let sentBytes = 0;
      for await (const piece of request.body?.open(signal) ?? []) sentBytes += piece.byteLength;
      onSent();
      return {
        host: request.url.host,
        status: 200,
        headers: {},
        async *pieces() {
          yield Buffer.from(`{"sentBytes":${sentBytes}}`);
        },
      };
    },
    close: async () => {},
  };
  const client = createHttpClient({
    transport,
    limiter: createLimiter(clock),
    clock,
    random: () => 0,
  });
  const answer = await client.send({
    origin: "https://asr.example",
    paid: true,
    signal: new AbortController().signal,
    log: () => {},
    secrets: [],
    build: () => ({
      method: "POST",
      url: new URL("https://asr.example/v1"),
      headers: {},
      body: jsonBody("audio"),
    }),
    read: (response) => readJson(response),
  });
  expect(answer).toEqual({ sentBytes: 7 });
  expect(clock.sleepers).toBe(0);
});
