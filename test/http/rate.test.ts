/** The limits as the other side sees them: when requests come, not when they were allowed to. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createHttpClient } from "../../src/http/client.ts";
import { createLimiter } from "../../src/http/local-limiter.ts";
import type { Transport } from "../../src/http/transport.ts";
import { FakeClock } from "./fake-clock.ts";

const LIMIT = 20;
const ACCOUNT = { key: "a", limit: "a", maxConcurrency: 40, maxStartsPerSecond: LIMIT };
const ANSWER_MS = 200;

/** Sends `count` requests at once, each of which waits for its connection. */
async function send(count: number, connectMsOf: (index: number) => number) {
  const clock = new FakeClock();
  const wireMs: number[] = [];
  let index = 0;
  const transport: Transport = {
    async send({ url }, { signal, onConnected, onSent }) {
      await clock.sleep(connectMsOf(index++), signal);
      wireMs.push(clock.elapsedMs);
      onConnected();
      onSent();
      await clock.sleep(ANSWER_MS, signal);
      return { host: url.host, status: 200, headers: {}, async *pieces() {} };
    },
    close: async () => {},
  };
  const limiter = createLimiter(clock);
  const client = createHttpClient({ transport, limiter, clock, random: () => 0 });
  const url = new URL("https://asr.example");
  const calls = Array.from({ length: count }, () =>
    client.send({
      origin: url.origin,
      paid: true,
      signal: new AbortController().signal,
      log: () => {},
      secrets: [],
      account: ACCOUNT,
      build: () => ({ method: "GET", url, headers: {} }),
      read: async () => {},
    }),
  );
  await clock.advanceUntilSettled(Promise.all(calls), 100);
  return wireMs;
}

function mostInASecond(timesMs: readonly number[]): number {
  return Math.max(
    ...timesMs.map((from) => timesMs.filter((at) => at >= from && at <= from + 1000).length),
  );
}

describe("starts a second", () => {
  it("are kept on the wire while the first requests wait for connections", async () => {
    const wireMs = await send(100, (index) => (index < 15 ? 300 - index : 0));
    expect(wireMs).toHaveLength(100);
    expect(mostInASecond(wireMs)).toBeLessThanOrEqual(LIMIT);
  });

  it("are kept on the wire however long each request waits for its connection", async () => {
    const waitsMs = fc.array(fc.integer({ min: 0, max: 2_000 }), { minLength: 60, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(waitsMs, async (connectMs) => {
        const wireMs = await send(connectMs.length, (index) => connectMs[index] ?? 0);
        expect(wireMs).toHaveLength(connectMs.length);
        expect(mostInASecond(wireMs)).toBeLessThanOrEqual(LIMIT);
      }),
      { numRuns: 20 },
    );
  });

  it("come near the limit: 100 of 20 a second in 5 to 5.6 seconds", async () => {
    const wireMs = await send(100, (index) => (index < 8 ? 150 : 0));
    const tookMs = (wireMs.at(-1) ?? 0) + ANSWER_MS;
    expect(tookMs).toBeGreaterThan(5_000);
    expect(tookMs).toBeLessThan(5_600);
  });
});
