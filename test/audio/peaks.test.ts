import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { peaksOf } from "../../src/audio/peaks.ts";
import { blocksOf } from "./sources.ts";

const RATE = 1000;

describe("peaks", () => {
  it("are the loudest sample of every 10 ms, over all channels", async () => {
    const left = new Float32Array(30).fill(0.1);
    const right = new Float32Array(30);
    left[3] = -1;
    right[25] = 0.5;
    const outline = await peaksOf(blocksOf([left, right], [7]), RATE, 100);
    expect(outline).toEqual({ peaks: Uint8Array.of(255, 26, 128), durationMs: 30 });
  });

  it("are fewer and longer where the recording is long, and lose no loud moment", async () => {
    const lengths = fc.integer({ min: 1, max: 5000 });
    const cuts = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(lengths, fc.nat(), cuts, async (length, seed, sizes) => {
        const samples = new Float32Array(length);
        const loud = seed % length;
        samples[loud] = -0.8;
        const { peaks, durationMs } = await peaksOf(blocksOf([samples], sizes), RATE, 32);
        expect(durationMs).toBe(length);
        expect(peaks.length).toBeLessThanOrEqual(32);
        expect(peaks.length).toBeGreaterThanOrEqual(Math.min(16, Math.ceil(length / 10)));
        const loudest = peaks.indexOf(204);
        expect(peaks.filter((peak) => peak > 0)).toEqual(Uint8Array.of(204));
        // Where it is drawn is where it is heard, but for a stretch and the last one, cut short.
        const error = Math.abs((loudest + 0.5) / peaks.length - loud / length);
        expect(error).toBeLessThanOrEqual(1.5 / peaks.length);
      }),
    );
  });

  it("of what is louder than full scale are full scale, and of nothing are none", async () => {
    const loud = await peaksOf(blocksOf([Float32Array.of(2)]), RATE, 4);
    expect(loud.peaks).toEqual(Uint8Array.of(255));
    const empty = await peaksOf(blocksOf([new Float32Array()]), RATE, 4);
    expect(empty).toEqual({ peaks: new Uint8Array(), durationMs: 0 });
  });
});
