import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { AsrError } from "../../../src/errors.ts";
import { readText } from "../../../src/http/answer.ts";
import { bytesBody, jsonBody } from "../../../src/http/body.ts";
import { openCassette } from "../../../src/http/cassette/cassette.ts";
import { openRecorder } from "../../../src/http/cassette/recorder.ts";
import type { Party } from "../../../src/http/cassette/rules.ts";
import { type Call, createHttpClient } from "../../../src/http/client.ts";
import { ConnectFailure } from "../../../src/http/connect-failure.ts";
import { openLimiter } from "../../../src/http/local-limiter.ts";
import type { HttpRequest, Transport } from "../../../src/http/transport.ts";
import { type FakeAnswer, fakeResponse } from "../fake-response.ts";

const ORIGIN = "https://asr.example";
const SECRET = "secret-key-of-the-account";

const PARTY: Party = {
  provider: "acme",
  rules: {
    calls: [
      { name: "token", path: /^\/token$/, secretAnswers: ["token"], answersAgain: true },
      { name: "packet", path: /^\/stream$/, identifier: "stream.id", audio: "audio" },
      { name: "recognize", path: /^\/asr$/, volatile: ["time"], secret: ["key"] },
    ],
    answerHeaders: ["x-log"],
  },
  credentials: { key: SECRET },
  baseUrl: `${ORIGIN}/gateway`,
};

/** What the vendor does with its next request. */
type Turn = FakeAnswer | { readonly thrown: unknown; readonly afterBytes?: number };

function vendor(turns: readonly Turn[]): Transport {
  let index = 0;
  return {
    async send({ body }, { signal, onConnected, onSent }) {
      const turn = turns[index++] ?? { status: 500 };
      const limit = "thrown" in turn ? turn.afterBytes : Number.POSITIVE_INFINITY;
      if (limit === undefined && "thrown" in turn) throw turn.thrown;
      onConnected();
      let sentBytes = 0;
      for await (const piece of body?.open(signal) ?? []) {
        sentBytes += piece.byteLength;
        if (sentBytes >= (limit ?? 0)) break;
      }
      if ("thrown" in turn) throw turn.thrown;
      onSent();
      return fakeResponse(turn);
    },
    close: async () => {},
  };
}

/** A clock that waits for nothing. */
const AT_ONCE = {
  now: () => Date.now(),
  sleep: () => new Promise<void>(() => {}),
  pause: async () => {},
};

function callOf(build: (attempt: number) => HttpRequest, sent: number[] = []): Call<string> {
  return {
    origin: ORIGIN,
    paid: false,
    signal: new AbortController().signal,
    log: () => {},
    secrets: [],
    build,
    read: (response) => readText(response),
    onSent: (attempt) => void sent.push(attempt),
  };
}

const recognize = (audio: string, { time = "1", prefix = "/gateway" } = {}) => ({
  method: "POST" as const,
  url: new URL(`${ORIGIN}${prefix}/asr?model=m1&time=${time}&key=${SECRET}`),
  headers: { authorization: `Signature of-${time}`, "content-type": "audio/wav" },
  body: bytesBody(Buffer.from(audio)),
});

function packet(id: string, audio: string): HttpRequest {
  return {
    method: "POST",
    url: new URL(`${ORIGIN}/gateway/stream`),
    headers: { "content-type": "application/json" },
    body: jsonBody({ stream: { id, seq: 0 }, audio: Buffer.from(audio).toString("base64") }),
  };
}

async function recording(turns: readonly Turn[]) {
  const folder = await mkdtemp(path.join(tmpdir(), "asr-tape-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const facts = { asrVersion: "0", command: "test", force: false, now: Date.now };
  const recorder = await openRecorder({ ...facts, folder, transport: vendor(turns) });
  const client = clientOn(recorder.transportFor(PARTY));
  return { folder, client };
}

function clientOn(transport: Transport) {
  return createHttpClient({ transport, limiter: openLimiter, clock: AT_ONCE, random: () => 0 });
}

const REFUSED = new ConnectFailure(Object.assign(new Error(), { code: "ECONNREFUSED" }));
const RESET = Object.assign(new Error(), { code: "ECONNRESET" });

describe("a replay", () => {
  it("repeats failures before, in and after the upload with the same consequences", async () => {
    const turns = [
      { thrown: REFUSED },
      { thrown: RESET, afterBytes: 1 },
      { thrown: RESET, afterBytes: 1000 },
      { pieces: ["done"] },
    ];
    const { folder, client } = await recording(turns);
    const recorded: number[] = [];
    // Two pieces, so that one of them can be all that goes out.
    const build = () => {
      const { body: _, ...request } = recognize("", {});
      async function* open() {
        yield Buffer.from("au");
        yield Buffer.from("dio");
      }
      return { ...request, body: { sizeBytes: 5, open } };
    };
    expect(await client.send(callOf(build, recorded))).toBe("done");
    await client.close();
    const cassette = await openCassette(folder);
    const replayed: number[] = [];
    const player = clientOn(cassette.transportFor(PARTY));
    expect(await player.send(callOf(build, replayed))).toBe("done");
    expect(replayed).toEqual(recorded);
    expect(recorded).toEqual([3, 4]);
    expect(cassette.unused()).toEqual([]);
  });

  it("ignores time, signature, key and the path of a gateway, and nothing else", async () => {
    const { folder, client } = await recording([{ pieces: ["text"], headers: { "x-log": "7" } }]);
    await client.send(callOf(() => recognize("audio")));
    await client.close();
    const cassette = await openCassette(folder);
    const party = { ...PARTY, credentials: { key: "placeholder" }, baseUrl: ORIGIN };
    const player = clientOn(cassette.transportFor(party));
    const other = recognize("audio", { time: "99", prefix: "" });
    other.url.searchParams.set("model", "m2");
    await expect(player.send(callOf(() => other))).rejects.toMatchObject({
      kind: "usage",
      details: { reason: expect.stringMatching(/^model: asked m2, recorded m1 \(nearest: 0001-/) },
    });
    expect(cassette.unused()).toEqual(["0001-acme-recognize.json"]);
    const asked = () => recognize("audio", { time: "99", prefix: "" });
    expect(await player.send(callOf(asked))).toBe("text");
    expect(cassette.unused()).toEqual([]);
    expect(cassette.misses()).toHaveLength(1);
    const again = await player.send(callOf(asked)).catch((error: unknown) => error);
    expect(again).toBeInstanceOf(AsrError);
    expect((again as AsrError).details.reason).toContain("recorded once, and asked once more");
  });

  it("answers with the identifier that was asked, though it lies in two pieces", async () => {
    const { folder, client } = await recording([
      { pieces: ['{"id":"AAAA', 'BBBB","text":"', Buffer.from([0xc4, 0xe3])] },
    ]);
    const bytesOf = (): Call<Buffer> => ({
      ...callOf(() => packet("AAAABBBB", "x")),
      read: async (response) => {
        const pieces: Uint8Array[] = [];
        for await (const piece of response.pieces()) pieces.push(piece);
        return Buffer.concat(pieces);
      },
    });
    await client.send(bytesOf());
    await client.close();
    const cassette = await openCassette(folder);
    const player = clientOn(cassette.transportFor(PARTY));
    const call = { ...bytesOf(), build: () => packet("CCCCDDDD", "x") };
    const answer = await player.send(call);
    expect(answer.toString("latin1")).toBe('{"id":"CCCCDDDD","text":"Äã');
  });

  it("hands a token out as often as it is asked for, and never the recorded one", async () => {
    const token = "t-issued-by-the-vendor";
    const { folder, client } = await recording([
      { pieces: [`{"token":"${token}"}`] },
      { pieces: [`refused: ${token} and ${SECRET}`] },
      { pieces: [`{"token":"${token}", broken`] },
    ]);
    const ask = () => ({
      method: "GET" as const,
      url: new URL(`${ORIGIN}/gateway/token`),
      headers: {},
    });
    await client.send(callOf(ask));
    await client.send(callOf(() => recognize("audio")));
    await client.send(callOf(ask));
    await client.close();
    const names = await readdir(folder);
    const files = await Promise.all(names.map((name) => readFile(path.join(folder, name), "utf8")));
    expect(files.join()).not.toContain(token.slice(0, 8));
    expect(files.join()).not.toContain(SECRET.slice(0, 8));
    expect(files.join()).not.toContain("of-1");
    const cassette = await openCassette(folder);
    const player = clientOn(cassette.transportFor(PARTY));
    expect(await player.send(callOf(ask))).toBe('{"token":"***"}');
    expect(await player.send(callOf(ask))).toBe("***");
    expect(await player.send(callOf(ask))).toBe("***");
    expect(cassette.unused()).toEqual(["0002-acme-recognize.json"]);
  });

  it("keeps what was read of an answer that the reader left, and of one that nobody read", async () => {
    const { folder, client } = await recording([{ pieces: ["one", "two", "three"] }, {}]);
    const first = {
      ...callOf(() => recognize("a")),
      read: async (response: Parameters<Call<string>["read"]>[0]) => {
        for await (const piece of response.pieces()) return Buffer.from(piece).toString();
        return "";
      },
    };
    expect(await client.send(first)).toBe("one");
    await client.send({ ...callOf(() => recognize("b")), read: async () => "unread" });
    await client.close();
    const cassette = await openCassette(folder);
    const player = clientOn(cassette.transportFor(PARTY));
    expect(await player.send(first)).toBe("one");
    expect(await player.send({ ...callOf(() => recognize("b")), read: async () => "unread" })).toBe(
      "unread",
    );
  });
});
