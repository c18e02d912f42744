import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resample } from "../../src/audio/resample.ts";
import { generator } from "./build-wav.ts";
import { allSamples, blocksOf, sine } from "./sources.ts";

const RATES: readonly (readonly [from: number, to: number])[] = [
  [44_100, 16_000],
  [48_000, 16_000],
  [22_050, 16_000],
  [32_000, 16_000],
  [11_025, 16_000],
  [8_000, 16_000],
  [16_000, 8_000],
  [44_100, 8_000],
  [192_000, 16_000],
  [96_000, 44_100],
  [44_101, 16_000],
  [16_000, 44_100],
];

async function resampled(samples: Float32Array, from: number, to: number): Promise<Float32Array> {
  const [out = new Float32Array(0)] = await allSamples(resample(blocksOf([samples]), from, to));
  return out;
}

function decibels(powerRatio: number): number {
  return 10 * Math.log10(powerRatio);
}

/** The middle of a signal: a sine that begins and ends sharply is no sine there. */
function middle(samples: Float32Array, sampleRate: number): Float32Array {
  return samples.subarray(sampleRate / 10, samples.length - sampleRate / 10);
}

function power(samples: Float32Array): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
}

/** How far a resampled sine stays above what is not that sine, at its true time and level. */
async function signalToNoise(frequency: number, from: number, to: number): Promise<number> {
  const out = await resampled(sine(frequency, from, from), from, to);
  const ideal = sine(frequency, to, out.length);
  const noise = out.map((sample, index) => sample - (ideal[index] ?? 0));
  return decibels(power(middle(ideal, to)) / power(middle(noise, to)));
}

describe.each(RATES)("resampling %i Hz to %i Hz", (from, to) => {
  const nyquist = Math.min(from, to) / 2;

  it.each([0, 1, 2, 7, 100, 4097, 30_000])("gives %i frames their exact share", async (frames) => {
    const out = await resampled(sine(440, from, frames), from, to);
    expect(out.length).toBe(Math.round((frames * to) / from));
  });

  it("keeps a sine in its place, with 95 dB between it and the rest", async () => {
    for (const share of [0.02, 0.25, 0.5, 0.75, 0.87]) {
      expect(await signalToNoise(nyquist * share, from, to), `at ${share}`).toBeGreaterThan(95);
    }
  });

  it("keeps the level flat to a thousandth of a decibel in the band of speech", async () => {
    for (const frequency of [60, 300, 1000, 3000].filter((hertz) => hertz < nyquist * 0.8)) {
      const out = await resampled(sine(frequency, from, from), from, to);
      // Whole periods, or the power of a piece of a sine is not half.
      const periods = middle(out, to).subarray(0, (to * 4) / 5);
      expect(Math.abs(decibels(power(periods) * 2)), `${frequency} Hz`).toBeLessThan(0.001);
    }
  });

  it("gives the same samples however the blocks are cut", async () => {
    const random = generator(5);
    const noise = Float32Array.from({ length: 6000 }, () => random() * 2 - 1);
    const whole = await resampled(noise, from, to);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 6 }),
        async (cuts) => {
          const [out] = await allSamples(resample(blocksOf([noise], cuts), from, to));
          expect(out).toEqual(whole);
        },
      ),
      { numRuns: 5, seed: 3 },
    );
  });
});

describe.each(RATES.filter(([from, to]) => to < from))(
  "resampling %i Hz down to %i Hz",
  (from, to) => {
    it("lets nothing from the new limit on come back as something else: -95 dB", async () => {
      for (const share of [1.001, 1.02, 1.1, 1.3, 1.9]) {
        const frequency = (to / 2) * share;
        if (frequency >= from / 2) continue;
        const out = await resampled(sine(frequency, from, from), from, to);
        expect(decibels(power(middle(out, to)) * 2), `at ${share}`).toBeLessThan(-95);
      }
    });
  },
);

describe("resampling", () => {
  it("keeps channels apart", async () => {
    const low = sine(300, 44_100, 20_000);
    const high = sine(3000, 44_100, 20_000);
    const both = await allSamples(resample(blocksOf([low, high]), 44_100, 16_000));
    expect(both).toEqual([
      await resampled(low, 44_100, 16_000),
      await resampled(high, 44_100, 16_000),
    ]);
  });

  it("keeps an impulse where it was", async () => {
    const impulse = new Float32Array(44_100);
    impulse[22_050] = 1;
    const out = await resampled(impulse, 44_100, 16_000);
    expect(out.indexOf(Math.max(...out))).toBe(8000);
  });

  it("hands blocks on as they are where the rates are equal", async () => {
    const block = { channelData: [Float32Array.of(0.1, 0.2)] };
    const source = (async function* () {
      yield block;
    })();
    for await (const out of resample(source, 16_000, 16_000)) expect(out).toBe(block);
  });

  it("leaves its source closed when it is left early", async () => {
    let closed = false;
    const source = (async function* () {
      try {
        for (;;) yield { channelData: [new Float32Array(4096)] };
      } finally {
        closed = true;
      }
    })();
    for await (const _ of resample(source, 44_100, 16_000)) break;
    expect(closed).toBe(true);
  });
});
