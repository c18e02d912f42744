import { describe, expect, it } from "vitest";
import { IDLE_MS } from "../../src/live/session-audio.ts";
import { feishuStream } from "../../src/providers/feishu/index.ts";
import { tencentRealtime } from "../../src/providers/tencent/realtime/index.ts";
import type { JobEvent } from "../../src/transcript/events.ts";
import { accountOf } from "../providers/feishu/open.ts";
import { hearNumbers, numbersIn } from "../vendors/ears/number-ear.ts";
import { openFeishu, openTencent } from "../vendors/hand/open-doubles.ts";
import type { RequestRecord } from "../vendors/server/recorder.ts";
import {
  BYTES_PER_MS,
  chunksOf,
  finalsOf,
  LiveClock,
  LiveSource,
  listen,
  numberedPcm,
  piped,
  tencentAccount,
  textOf,
  transcriptOf,
  turnByTurn,
  warningsOf,
} from "./rig.ts";

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);
const ms = (pcm: Buffer, startMs: number, endMs?: number) =>
  pcm.subarray(startMs * BYTES_PER_MS, endMs === undefined ? undefined : endMs * BYTES_PER_MS);

async function openedTencent(options: Parameters<typeof openTencent>[0] = {}) {
  const clock = new LiveClock();
  const recognise = hearNumbers();
  const double = await openTencent({ clock: () => clock.now(), recognise, ...options });
  return { clock, double, account: tencentAccount(double.origin) };
}

async function openedFeishu(options: Parameters<typeof openFeishu>[0] = {}) {
  const clock = new LiveClock();
  const recognise = hearNumbers();
  const double = await openFeishu({ clock: () => clock.now(), recognise, ...options });
  return { clock, double, account: accountOf(double) };
}

const actionOf = ({ body }: RequestRecord) =>
  (body as { config?: { action?: number } } | undefined)?.config?.action;

describe("the end of a live stream", () => {
  it("sends what had come, and the vendor's end, when it is told to end", async () => {
    const { account, clock, double } = await openedFeishu();
    const ending = new AbortController();
    const source = new LiveSource().push(...chunksOf(numberedPcm({ seconds: 2 })));
    const heard = await listen(feishuStream, source, {
      account,
      clock,
      ending: ending.signal,
      onEvent(event) {
        if (event.type === "progress" && event.audioMs >= 1800) ending.abort();
      },
    });
    expect(heard.error).toBeUndefined();
    expect(numbersIn(textOf(heard))).toEqual([0, 1]);
    expect(double.streams.map(({ state }) => state)).toEqual(["ended"]);
    expect(double.streams[0]?.sizeBytes).toBe(2000 * BYTES_PER_MS);
    expect(double.violations).toEqual([]);
  });

  it("gives up last words that don't come, and keeps what is final", async () => {
    const gate = Promise.withResolvers<void>();
    const isLast = ({ parameters }: RequestRecord) => parameters.end === "1";
    const { account, clock, double } = await openedTencent({
      faults: [{ at: isLast, fault: { kind: "hold-answer", until: gate.promise } }],
    });
    const ending = new AbortController();
    const source = new LiveSource().push(...chunksOf(numberedPcm({ seconds: 3 })));
    const listening = listen(tencentRealtime, source, {
      account,
      clock,
      ending: ending.signal,
      onEvent(event) {
        if (event.type === "progress" && event.audioMs >= 2800) ending.abort();
      },
    });
    await double.waitFor((request) => isLast(request) && request.bodySizeBytes > 0);
    clock.advance(10_000);
    const heard = await listening;
    gate.resolve();
    expect(heard.error).toBeUndefined();
    // The third is what was on the screen: no final of the vendor's.
    expect(numbersIn(textOf(heard))).toEqual([0, 1, 2]);
    expect(finalsOf(heard).map(({ approximate }) => approximate === true)).toEqual([
      false,
      false,
      true,
    ]);
    expect(warningsOf(heard)).toEqual(["last-words-lost"]);
    const [warning] = transcriptOf(heard)?.warnings ?? [];
    expect(warning?.message).toMatch(/from 0:00:0[12] to 0:00:03, .*: no answer came in time$/);
    expect(transcriptOf(heard)?.usage?.billedMs).toBeGreaterThan(2000);
  });

  it.each(["tencent", "feishu"])(
    "fails where the vendor was gone meanwhile: %s",
    async (vendor) => {
      let isGone = false;
      const isTencent = vendor === "tencent";
      const faults = () => (isGone ? ({ kind: "status", status: 503 } as const) : undefined);
      const options = { faults };
      const opened = isTencent ? await openedTencent(options) : await openedFeishu(options);
      const { account, clock } = opened;
      const pcm = numberedPcm({ seconds: 25 });
      // One makes a third sentence of it, final with the fourth; the other has one text.
      const firstMs = isTencent ? 3000 : 4000;
      const hasThird = (event: JobEvent) =>
        isTencent
          ? event.type === "progress" && event.audioMs >= 2800
          : event.type === "partial" && numbersIn(event.segment.text).includes(2);
      const source = new LiveSource().push(...chunksOf(ms(pcm, 0, firstMs)));
      const ending = new AbortController();
      const heard = await listen(isTencent ? tencentRealtime : feishuStream, source, {
        account,
        clock,
        ending: ending.signal,
        async onEvent(event) {
          if (!isGone && hasThird(event)) {
            isGone = true;
            source.push(...chunksOf(ms(pcm, firstMs)));
          }
          if (event.type !== "warning" || event.warning.code !== "connection-lost") return;
          ending.abort();
          for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
          clock.advance(10_000);
        },
      });
      expect(heard.error).toMatchObject({ kind: "network", exitCode: 6 });
      expect(numbersIn(textOf(heard))).toEqual([0, 1, 2]);
      expect(finalsOf(heard).at(-1)?.approximate).toBe(true);
      expect(heard.lagsMs).not.toContain(0);
      expect(warningsOf(heard)).not.toContain("no-speech");
      const told = heard.events.flatMap((event) =>
        event.type === "warning" ? [event.warning] : [],
      );
      expect(told.filter(({ code }) => code === "connection-lost")).toHaveLength(1);
      expect(told.at(-1)).toMatchObject({
        code: "last-words-lost",
        message: expect.stringMatching(/from 0:00:0\d to 0:00:\d\d, .*503/),
      });
    },
  );

  it("does not call speech silence where its answer came too late", async () => {
    const gate = Promise.withResolvers<void>();
    const { account, clock, double } = await openedTencent({
      faults: [{ at: 1, fault: { kind: "hold-answer", until: gate.promise } }],
    });
    const ending = new AbortController();
    const source = new LiveSource().push(...chunksOf(numberedPcm({ seconds: 2 })));
    const listening = listen(tencentRealtime, source, { account, clock, ending: ending.signal });
    await double.waitFor(({ bodySizeBytes }) => bodySizeBytes > 0);
    ending.abort();
    clock.advance(10_000);
    const heard = await listening;
    gate.resolve();
    expect(heard.error).toBeUndefined();
    expect(warningsOf(heard)).toEqual(["last-words-lost"]);
  });

  it("tells the vendor with action 3 that it was aborted", async () => {
    // The packet under way, and the one that gives up, have time.
    const clock = new LiveClock([500, 2000]);
    const { account, double } = await openedFeishu({ clock: () => clock.now() });
    const stop = new AbortController();
    const source = new LiveSource().push(...chunksOf(numberedPcm({ seconds: 2 })));
    const heard = await listen(feishuStream, source, {
      account,
      clock,
      signal: stop.signal,
      onEvent(event) {
        if (event.type === "progress" && event.audioMs >= 1800) stop.abort(new Error("enough"));
      },
    });
    expect(heard.error).toMatchObject({ message: "enough" });
    expect(double.requests.map(actionOf).at(-1)).toBe(3);
    expect(double.streams.map(({ state }) => state)).toEqual(["aborted"]);
    expect(double.violations).toEqual([]);
  });

  it("ends by itself at a length, and after a silence", async () => {
    const { account, clock } = await openedTencent();
    const source = () => new LiveSource().push(...chunksOf(numberedPcm({ seconds: 6 })));
    const long = await listen(tencentRealtime, source(), { account, clock, maxMs: 3500 });
    expect(transcriptOf(long)?.durationMs).toBe(3500);
    const quiet = source().push(Buffer.alloc(9000 * BYTES_PER_MS));
    const silent = await listen(tencentRealtime, quiet, {
      account,
      clock,
      stopAfterSilenceMs: 3000,
    });
    expect(numbersIn(textOf(silent))).toEqual(numbers(6));
    expect(transcriptOf(silent)?.durationMs).toBeGreaterThanOrEqual(8800);
    expect(transcriptOf(silent)?.durationMs).toBeLessThan(9400);
  });

  it("recognises what came before the source broke, then says so", async () => {
    const { account, clock } = await openedTencent();
    async function* broken() {
      yield numberedPcm({ seconds: 2 });
      throw new Error("the recorder died");
    }
    const heard = await listen(tencentRealtime, broken(), { account, clock });
    expect(heard.error).toMatchObject({ message: "the recorder died" });
    expect(numbersIn(textOf(heard))).toEqual([0, 1]);
  });
});

describe("a vendor slower than speech", () => {
  it("gets what has come meanwhile in one slice, and the user is told of the lag", async () => {
    const gate = Promise.withResolvers<void>();
    const { account, clock, double } = await openedTencent({
      faults: [
        {
          at: ({ parameters }) => parameters.seq === "0",
          fault: { kind: "hold-answer", until: gate.promise },
        },
      ],
    });
    const pcm = numberedPcm({ seconds: 8 });
    const source = new LiveSource().push(...chunksOf(ms(pcm, 0, 1000)));
    const listening = listen(tencentRealtime, source, {
      account,
      clock,
      onLag(lagMs) {
        if (lagMs > 0) gate.resolve();
        else source.end();
      },
    });
    await double.waitFor(({ bodySizeBytes }) => bodySizeBytes > 0);
    for (let second = 1; second < 8; second++) {
      clock.advance(1000);
      source.push(...chunksOf(ms(pcm, second * 1000, (second + 1) * 1000)));
      await new Promise(setImmediate);
    }
    const heard = await listening;
    expect(numbersIn(textOf(heard))).toEqual(numbers(8));
    const largest = Math.max(...double.requests.map(({ audio }) => audio?.sizeBytes ?? 0));
    expect(largest).toBeGreaterThan(1000 * BYTES_PER_MS);
    expect(double.violations).toEqual([]);
  });

  it("recognises what follows the pauses at the same time, where slices can't be joined", async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let packetCount = 0;
    const { account, clock, double } = await openedFeishu({
      faults: ({ path }: RequestRecord) => {
        if (!path.includes("stream_recognize")) return undefined;
        packetCount++;
        const gate = packetCount === 3 ? gates[0] : packetCount === 6 ? gates[1] : undefined;
        return gate && { kind: "hold-answer", until: gate.promise };
      },
    });
    const silent = (second: number) => second % 5 === 4;
    const pcm = numberedPcm({ seconds: 60, silent });
    const source = new LiveSource();
    const listening = listen(feishuStream, source, { account, clock });
    for (let second = 0; second < 60; second++) {
      clock.advance(1000, { asleep: true });
      source.push(ms(pcm, second * 1000, (second + 1) * 1000));
      await new Promise(setImmediate);
    }
    gates[0]?.resolve();
    await double.waitFor(() => double.streams.length >= 4);
    const open = double.streams.filter(({ state }) => state !== "ended");
    gates[1]?.resolve();
    source.end();
    const heard = await listening;
    expect(open.length).toBeGreaterThan(2);
    expect(open.length).toBeLessThanOrEqual(4);
    expect(heard.error).toBeUndefined();
    expect(numbersIn(textOf(heard))).toEqual(numbers(60).filter((second) => !silent(second)));
    expect(warningsOf(heard)).toEqual([]);
    expect(double.violations).toEqual([]);
  });

  it("is not read ahead of for more than it can be behind", async () => {
    const gate = Promise.withResolvers<void>();
    const { account, clock, double } = await openedTencent({
      faults: [{ at: 2, fault: { kind: "hold-answer", until: gate.promise } }],
    });
    const pcm = numberedPcm({ seconds: 60 });
    const source = piped(pcm);
    const listening = listen(tencentRealtime, source, { account, clock });
    await double.waitFor(({ index, bodySizeBytes }) => index === 2 && bodySizeBytes > 0);
    for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
    expect(source.readBytes).toBeLessThan(35_000 * BYTES_PER_MS);
    gate.resolve();
    expect(numbersIn(textOf(await listening))).toEqual(numbers(60));
  });
});

describe("a microphone that nobody keeps up with", () => {
  it("loses the oldest minutes, and the user is told which", async () => {
    const gate = Promise.withResolvers<void>();
    const { account, clock, double } = await openedTencent({
      faults: [{ at: 1, fault: { kind: "hold-answer", until: gate.promise } }],
    });
    const source = new LiveSource();
    const listening = listen(tencentRealtime, source, { account, clock });
    const silent = (second: number) => second % 50 >= 48;
    const pcm = numberedPcm({ seconds: 625, silent });
    for (let second = 0; second < 625; second++) {
      clock.advance(1000, { asleep: true });
      source.push(ms(pcm, second * 1000, (second + 1) * 1000));
      await new Promise(setImmediate);
      if (second === 2) {
        await double.waitFor(({ index, bodySizeBytes }) => index === 1 && bodySizeBytes > 0);
      }
    }
    source.end();
    gate.resolve();
    const heard = await listening;
    expect(heard.error).toBeUndefined();
    expect(warningsOf(heard)).toEqual(["audio-dropped"]);
    const heardNumbers = numbersIn(textOf(heard));
    expect(new Set(heardNumbers).size).toBe(heardNumbers.length);
    const missing = numbers(625).filter(
      (second) => !heardNumbers.includes(second) && !silent(second),
    );
    expect(missing.length).toBeLessThanOrEqual(31);
    const first = missing[0] ?? 0;
    expect(missing).toEqual(missing.map((_, at) => first + at));
    const [warning] = heard.events.filter((event) => event.type === "warning");
    const named = `from 0:00:0${first} to 0:00:${first + 30}`;
    expect(warning).toMatchObject({ warning: { message: expect.stringContaining(named) } });
    expect(double.violations).toEqual([]);
  });
});

describe("audio that stops coming", () => {
  it.each(["tencent", "feishu"])("ends the session, and opens another: %s", async (vendor) => {
    const isTencent = vendor === "tencent";
    const { account, clock, double } = isTencent ? await openedTencent() : await openedFeishu();
    const pcm = numberedPcm({ seconds: 4 });
    const source = new LiveSource().push(...chunksOf(ms(pcm, 0, 2000)));
    let isPaused = false;
    const heard = await listen(isTencent ? tencentRealtime : feishuStream, source, {
      account,
      clock,
      onEvent(event) {
        if (event.type === "progress" && event.audioMs >= 1900 && !isPaused) {
          isPaused = true;
          queueMicrotask(() => clock.advance(IDLE_MS));
        }
        if (event.type === "response") source.push(...chunksOf(ms(pcm, 2000))).end();
      },
    });
    expect(heard.error).toBeUndefined();
    expect(numbersIn(textOf(heard))).toEqual(numbers(4));
    expect(transcriptOf(heard)?.parts).toHaveLength(2);
    expect(double.violations).toEqual([]);
    expect(warningsOf(heard)).toEqual([]);
  });

  it("ends the session at once where less than a slice is left", async () => {
    const { account, clock, double } = await openedFeishu();
    const pcm = numberedPcm({ seconds: 4 });
    const source = new LiveSource().push(...chunksOf(ms(pcm, 0, 2000)));
    let isPaused = false;
    const heard = await listen(feishuStream, source, {
      account,
      clock,
      async onEvent(event) {
        if (event.type === "progress" && event.audioMs >= 2000 && !isPaused) {
          isPaused = true;
          for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
          source.push(ms(pcm, 2000, 2025));
          for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
          clock.advance(IDLE_MS);
        }
        if (event.type === "response") source.push(...chunksOf(ms(pcm, 2025))).end();
      },
    });
    expect(heard.error).toBeUndefined();
    expect(double.streams[0]?.sizeBytes).toBe(2025 * BYTES_PER_MS);
    expect(numbersIn(textOf(heard))).toEqual(numbers(4));
    expect(double.violations).toEqual([]);
  });

  it("sends what was not final again after the computer slept", async () => {
    const { account, clock, double } = await openedTencent();
    const pcm = numberedPcm({ seconds: 5 });
    const source = new LiveSource().push(...chunksOf(ms(pcm, 0, 2000)));
    let hasSlept = false;
    const heard = await listen(tencentRealtime, source, {
      account,
      clock,
      onEvent(event) {
        if (event.type !== "progress" || event.audioMs < 1900 || hasSlept) return;
        hasSlept = true;
        clock.advance(3_600_000, { asleep: true });
        source.push(...chunksOf(ms(pcm, 2000))).end();
      },
    });
    expect(heard.error).toBeUndefined();
    expect(numbersIn(textOf(heard))).toEqual(numbers(5));
    expect(finalsOf(heard).map(({ startMs }) => Math.floor(startMs / 1000))).toEqual(numbers(5));
    // What the vendor had of the session that was it has lost.
    expect(double.voices.map(({ state }) => state)).toEqual(["lost", "ended", "ended"]);
  });
});

describe("a session that breaks", () => {
  it("keeps its place in the order where the next is under way", async () => {
    const silent = (second: number) => second % 5 === 4;
    const { account, clock, double } = await openedFeishu({
      // The end of the first stream, with all its repeats.
      faults: [
        {
          whenBody: (body) => (body as { config?: { action?: number } }).config?.action === 2,
          fault: { kind: "status", status: 503 },
          times: 4,
        },
      ],
    });
    const pcm = numberedPcm({ seconds: 20, silent });
    const heard = await listen(feishuStream, piped(pcm), { account, clock });
    expect(heard.error).toBeUndefined();
    expect(numbersIn(textOf(heard))).toEqual(numbers(20).filter((second) => !silent(second)));
    expect(warningsOf(heard)).toContain("audio-sent-again");
    expect(double.violations).toEqual([]);
  });

  it.each([
    ["credentials", 104, 4],
    ["quota", 119, 5],
    ["parameters", 102, 7],
  ])("is not opened again for %s", async (_, code, exitCode) => {
    const isLater = ({ parameters }: RequestRecord) => Number(parameters.seq) >= 20;
    const { account, clock, double } = await openedTencent({
      faults: [{ at: isLater, fault: { kind: "code", code } }],
    });
    const { source, onEvent } = turnByTurn(numberedPcm({ seconds: 8 }));
    const heard = await listen(tencentRealtime, source, { account, clock, onEvent });
    expect(double.voices).toHaveLength(1);
    expect(heard.error).toMatchObject({ exitCode });
    expect(numbersIn(textOf(heard))).toEqual([0, 1, 2]);
  });

  it("is given up after a while of nothing else", async () => {
    const clock = new LiveClock([], [9600, 19_200, 20_000]);
    const { account, double } = await openedTencent({
      clock: () => clock.now(),
      faults: [{ at: () => true, fault: { kind: "code", code: 110 } }],
    });
    const pcm = numberedPcm({ seconds: 3 });
    const heard = await listen(tencentRealtime, turnByTurn(pcm).source, { account, clock });
    expect(heard.error).toMatchObject({ kind: "network", exitCode: 6 });
    expect(double.voices.length).toBeGreaterThan(5);
    expect(double.voices.length).toBeLessThan(12);
    const hasty = await openedTencent({
      faults: [{ at: () => true, fault: { kind: "code", code: 110 } }],
    });
    await listen(tencentRealtime, turnByTurn(pcm).source, { ...hasty, maxRepeats: 0 });
    expect(hasty.double.voices).toHaveLength(1);
  });
});
