import { describe, expect, it } from "vitest";
import { paced } from "../../src/audio/paced.ts";

/** A clock whose sleeps take longer than asked, as real ones do. */
function lateClock(lateMs: number) {
  let nowMs = 5000;
  return {
    now: () => nowMs,
    sleep: async (ms: number, signal?: AbortSignal) => {
      signal?.throwIfAborted();
      nowMs += ms + lateMs;
    },
  };
}

async function* chunksOf(...sizes: readonly number[]) {
  for (const size of sizes) yield new Uint8Array(size).fill(7);
}

const SHAPE = { sampleRate: 16_000, frameBytes: 2 };

describe("a recording at its own pace", () => {
  it("comes when it would have been spoken, however late the timers are", async () => {
    const clock = lateClock(15);
    let bytes = 0;
    for await (const piece of paced(chunksOf(64_000, 2, 63_998), { ...SHAPE, clock })) {
      bytes += piece.length;
      expect(piece.length).toBeLessThanOrEqual(1280);
      const lateMs = clock.now() - 5000 - bytes / 32;
      expect(lateMs).toBeGreaterThanOrEqual(0);
      expect(lateMs).toBeLessThanOrEqual(16);
    }
    expect(bytes).toBe(128_000);
  });

  it("stops in the middle of a wait", async () => {
    const stop = new AbortController();
    const clock = lateClock(0);
    const heard: number[] = [];
    const listening = (async () => {
      for await (const { length } of paced(chunksOf(64_000), {
        ...SHAPE,
        clock,
        signal: stop.signal,
      })) {
        heard.push(length);
        if (heard.length === 3) stop.abort(new Error("enough"));
      }
    })();
    await expect(listening).rejects.toThrow("enough");
    expect(heard).toEqual([1280, 1280, 1280]);
  });
});
