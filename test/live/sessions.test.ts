import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { feishuStream } from "../../src/providers/feishu/index.ts";
import { tencentRealtime } from "../../src/providers/tencent/realtime/index.ts";
import { accountOf } from "../providers/feishu/open.ts";
import { openWorld, pcmInput, requestOf } from "../providers/vendor-world.ts";
import { hearNumbers, numbersIn } from "../vendors/ears/number-ear.ts";
import { receivedRecordings } from "../vendors/ears/received.ts";
import { openFeishu, openTencent } from "../vendors/hand/open-doubles.ts";
import type { RequestRecord } from "../vendors/server/recorder.ts";
import {
  BYTES_PER_MS,
  finalsOf,
  LiveClock,
  LiveSource,
  listen,
  numberedPcm,
  piped,
  tencentAccount,
  textOf,
  transcriptOf,
  warningsOf,
} from "./rig.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const seconds = (count: number, isSilent: (second: number) => boolean = () => false) =>
  Array.from({ length: count }, (_, second) => second).filter((second) => !isSilent(second));

/** Somebody breathes now and then. */
const everyFifth = (second: number) => second % 5 === 4;

const opened = async (options: Parameters<typeof openTencent>[0] = {}) => {
  const clock = new LiveClock();
  const double = await openTencent({
    clock: () => clock.now(),
    recognise: hearNumbers(),
    keepAudio: true,
    ...options,
  });
  return { clock, double, account: tencentAccount(double.origin) };
};

const openedFeishu = async (options: Parameters<typeof openFeishu>[0] = {}) => {
  const clock = new LiveClock();
  const double = await openFeishu({
    clock: () => clock.now(),
    recognise: hearNumbers(),
    keepAudio: true,
    ...options,
  });
  return { clock, double, account: accountOf(double) };
};

/** What each session got is what the transcript says it was, to the bit. */
function expectExact(
  pcm: Buffer,
  parts: readonly { startMs: number; endMs: number }[],
  received: readonly { bytes: Buffer }[],
): void {
  expect(received.length).toBe(parts.length);
  for (const [index, { startMs, endMs }] of parts.entries()) {
    const sent = pcm.subarray(startMs * BYTES_PER_MS, endMs * BYTES_PER_MS);
    expect(sha256(received[index]?.bytes ?? Buffer.alloc(0))).toBe(sha256(sent));
    expect(startMs).toBeGreaterThanOrEqual(parts[index - 1]?.endMs ?? 0);
  }
}

describe("live audio at a vendor that takes streams", () => {
  it.each(["tencent", "feishu"])("gives text before the input has ended: %s", async (vendor) => {
    const { account, clock } = vendor === "tencent" ? await opened() : await openedFeishu();
    const provider = vendor === "tencent" ? tencentRealtime : feishuStream;
    const pcm = numberedPcm({ seconds: 6 });
    const source = new LiveSource().push(pcm.subarray(0, 3000 * BYTES_PER_MS));
    const heard = await listen(provider, source, {
      account,
      clock,
      onEvent(event) {
        if (event.type === "partial") source.push(pcm.subarray(3000 * BYTES_PER_MS)).end();
      },
    });
    expect(heard.error).toBeUndefined();
    expect(numbersIn(textOf(heard))).toEqual(seconds(6));
  });

  it("renews a session in the pauses, without a sample too many or too few", async () => {
    const { double, account, clock } = await openedFeishu();
    const pcm = numberedPcm({ seconds: 60, silent: everyFifth });
    const heard = await listen(feishuStream, piped(pcm), { account, clock });
    expect(heard.error).toBeUndefined();
    expect(double.violations).toEqual([]);
    expect(numbersIn(textOf(heard))).toEqual(seconds(60, everyFifth));
    const { parts = [], source, durationMs } = transcriptOf(heard) ?? {};
    expect(parts.length).toBe(12);
    expectExact(pcm, parts, receivedRecordings(double));
    expect(source?.sha256).toBe(sha256(pcm));
    expect(durationMs).toBe(60_000);
    expect(double.streams.every(({ state }) => state === "ended")).toBe(true);
  });

  it("renews it where it is quietest when nobody pauses", async () => {
    const { double, account, clock } = await openedFeishu();
    // A voice all the while, and 300 ms between two numbers in which it is alone.
    const noise = Float32Array.from({ length: 16_000 }, (_, at) => Math.sin(at * at) * 1.4);
    const pcm = numberedPcm({ seconds: 70, voice: noise });
    const heard = await listen(feishuStream, piped(pcm), { account, clock });
    expect(heard.error).toBeUndefined();
    expect(double.violations).toEqual([]);
    const { parts = [] } = transcriptOf(heard) ?? {};
    expect(parts.length).toBeGreaterThan(1);
    expectExact(pcm, parts, receivedRecordings(double));
    expect(Math.max(...parts.map(({ startMs, endMs }) => endMs - startMs))).toBeLessThanOrEqual(
      30_000,
    );
  });

  it("says the same as a recording of it", async () => {
    const { account, clock, double } = await opened();
    const pcm = numberedPcm({ seconds: 40, silent: everyFifth });
    const heard = await listen(tencentRealtime, piped(pcm), { account, clock });
    const recorded = openWorld({ account, clock });
    const input = requestOf(pcmInput(pcm), { parameters: { needvad: 1 } });
    const resolution = tencentRealtime.resolve(input.settings);
    const segments = [];
    for await (const event of tencentRealtime.recognize({ ...input, resolution }, recorded)) {
      if (event.type === "final") segments.push(event.segment);
    }
    expect(finalsOf(heard)).toEqual(segments);
    expect(double.violations).toEqual([]);
  });

  it("loses and doubles nothing in 20 minutes with three faults", async () => {
    const faultAt = new Map([
      ["100000", 110],
      ["500000", 113],
      ["900000", 121],
    ]);
    const struck = new Set<string>();
    let sentBytes = 0;
    const { account, clock, double } = await opened({
      keepAudio: false,
      faults: (request: RequestRecord) => {
        if (request.method !== "POST") return undefined;
        sentBytes += Number(request.headers["content-length"] ?? 0);
        const sentMs = sentBytes / BYTES_PER_MS;
        const due = [...faultAt].find(([ms]) => sentMs > Number(ms) && !struck.has(ms));
        if (due === undefined) return undefined;
        struck.add(due[0]);
        return { kind: "code", code: due[1] };
      },
    });
    const silent = (second: number) => second % 30 >= 27;
    const pcm = numberedPcm({ seconds: 1200, silent });
    const heard = await listen(tencentRealtime, piped(pcm), { account, clock });
    expect(heard.error).toBeUndefined();
    expect(struck.size).toBe(3);
    expect(double.violations).toEqual([]);
    expect(numbersIn(textOf(heard))).toEqual(seconds(1200, silent));
    const finals = finalsOf(heard);
    expect(finals.every(({ startMs }, at) => startMs >= (finals[at - 1]?.endMs ?? 0))).toBe(true);
    // Each number is where it was spoken.
    expect(
      finals.every(({ text, startMs }) => Math.floor(startMs / 1000) === numbersIn(text)[0]),
    ).toBe(true);
    expect(warningsOf(heard)).toEqual(
      Array(3).fill(["connection-lost", "audio-sent-again", "connection-back"]).flat(),
    );
    expect(transcriptOf(heard)?.usage?.possiblyBilledTwice).toBe(true);
  }, 60_000);

  it("opens nothing where nobody speaks", async () => {
    const { account, clock, double } = await opened();
    const heard = await listen(tencentRealtime, piped(Buffer.alloc(20_000 * BYTES_PER_MS)), {
      account,
      clock,
    });
    expect(double.requests).toEqual([]);
    expect(warningsOf(heard)).toEqual(["no-speech"]);
    expect(transcriptOf(heard)?.durationMs).toBe(20_000);
  });

  it("pays for no long silence, and keeps the times right after it", async () => {
    const { account, clock, double } = await opened();
    const silent = (second: number) => second >= 5 && second < 65;
    const pcm = numberedPcm({ seconds: 70, silent });
    const heard = await listen(tencentRealtime, piped(pcm), { account, clock });
    expect(double.violations).toEqual([]);
    expect(double.voices.map(({ state }) => state)).toEqual(["ended", "ended"]);
    const { parts = [], usage } = transcriptOf(heard) ?? {};
    expectExact(pcm, parts, receivedRecordings(double));
    expect(usage?.billedMs).toBeLessThan(22_000);
    expect(finalsOf(heard).map(({ startMs }) => Math.floor(startMs / 1000))).toEqual(
      seconds(70, silent),
    );
  });
});
