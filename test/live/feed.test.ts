import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EnergyScorer } from "../../src/audio/voice/energy.ts";
import { LiveFeed } from "../../src/live/feed.ts";
import { pump } from "../../src/live/pump.ts";
import { samples } from "../providers/tencent/audio.ts";
import { LiveSource, numberedPcm } from "./rig.ts";

const never = new AbortController().signal;
const open = (sampleRate = 16_000, encoding: "s16le" | "f32le" = "s16le") =>
  new LiveFeed({ sampleRate, encoding }, new EnergyScorer());

function pumpOf(feed: LiveFeed, audio: AsyncIterable<Uint8Array>, changes: object = {}) {
  const { sampleRate, encoding } = feed;
  return pump(feed, {
    job: { audio, sampleRate, encoding, ending: never, ...changes },
    clock: { now: () => 0 },
    signal: never,
    holdMs: 1000,
    onWarning: () => {},
    ...changes,
  });
}

describe("live audio", () => {
  it("gives the samples as they came, however they were cut", async () => {
    const pcm = samples(300);
    const cuts = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(cuts, fc.nat(300), fc.nat(300), async (sizes, one, other) => {
        const source = new LiveSource();
        let at = 0;
        for (const size of sizes) {
          source.push(pcm.subarray(at, at + size));
          at += size;
        }
        source.push(pcm.subarray(at)).end();
        const feed = open();
        await pumpOf(feed, source);
        const [startMs, endMs] = [Math.min(one, other), Math.max(one, other)];
        const given = Buffer.from(feed.bytes(startMs, endMs));
        expect(given.equals(pcm.subarray(startMs * 32, endMs * 32))).toBe(true);
        expect(feed.endMs).toBe(300);
      }),
      { numRuns: 50 },
    );
  });

  it("has its last samples too where they are no whole millisecond", async () => {
    const pcm = samples(101).subarray(0, 100 * 32 + 10);
    const feed = open();
    await pumpOf(feed, new LiveSource().push(pcm).end());
    expect(feed.endMs).toBe(101);
    expect(Buffer.from(feed.bytes(0, 101)).equals(pcm)).toBe(true);
  });

  it("leaves out half a sample at the end", async () => {
    const feed = open();
    await pumpOf(feed, new LiveSource().push(samples(10).subarray(0, 319)).end());
    expect(feed.bytes(0, feed.endMs)).toHaveLength(318);
  });

  it.each([
    [8000, "s16le"],
    [16_000, "f32le"],
  ] as const)("knows where somebody speaks: %i Hz, %s", async (sampleRate, encoding) => {
    const pcm = numberedPcm({ seconds: 6, sampleRate, silent: (second) => second >= 3 });
    const floats = Float32Array.from(
      new Int16Array(Uint8Array.from(pcm).buffer),
      (sample) => sample / 32_768,
    );
    const bytes = encoding === "f32le" ? new Uint8Array(floats.buffer) : pcm;
    const feed = open(sampleRate, encoding);
    await pumpOf(feed, new LiveSource().push(bytes).end(), { holdMs: 10_000 });
    expect(feed.endMs).toBe(6000);
    expect(feed.speech.length).toBeGreaterThan(0);
    expect(feed.speech[0]?.startMs).toBeGreaterThan(50);
    expect(feed.speech.at(-1)?.endMs).toBeLessThan(3200);
    expect(feed.silentMs).toBeGreaterThan(2800);
  });

  it("knows when a millisecond had come whole, not when its first sample did", async () => {
    const feed = open();
    const whole = samples(3000);
    await feed.push(whole.subarray(0, 1000 * 32 + 2), 0);
    await feed.push(whole.subarray(1000 * 32 + 2, 2000 * 32), 10_000);
    expect(feed.endMs).toBe(2000);
    expect(feed.arrivedAt(999)).toBe(0);
    expect(feed.arrivedAt(1000)).toBe(10_000);
  });

  it("refuses what was let go", async () => {
    const feed = open();
    await pumpOf(feed, new LiveSource().push(samples(1000)).end());
    feed.release(500);
    expect(feed.keptFromMs).toBe(500);
    expect(() => feed.bytes(499, 600)).toThrow(RangeError);
    expect(feed.bytes(500, 600)).toHaveLength(3200);
  });

  it("is taken in no faster than it is taken out, where its source can wait", async () => {
    const feed = open();
    const source = new LiveSource();
    for (let second = 0; second < 60; second++) source.push(samples(1000));
    const pumping = pumpOf(feed, source.end());
    for (let turn = 0; turn < 2000; turn++) await new Promise(setImmediate);
    expect(feed.endMs).toBeLessThan(8000);
    while (!feed.ended) {
      feed.release(feed.endMs);
      expect(feed.waitingMs).toBeLessThan(8000);
      await new Promise(setImmediate);
    }
    await pumping;
    expect(feed.endMs).toBe(60_000);
  });

  it("wakes whoever waits for more when there is no more", async () => {
    const feed = open();
    const waiting = feed.past(5000, never);
    await pumpOf(feed, new LiveSource().push(samples(100)).end());
    await waiting;
    const stop = new AbortController();
    const other = open().past(0, stop.signal);
    stop.abort(new Error("enough"));
    await expect(other).rejects.toThrow("enough");
  });
});
