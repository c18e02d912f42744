import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SpeechScorer, VoiceActivity } from "../../../src/audio/voice/activity.ts";

/** Takes a frame for speech where its mean is over a half. */
const loudness: SpeechScorer = {
  sampleRate: 16_000,
  frameSamples: 512,
  score: async (frame) => frame.reduce((sum, sample) => sum + sample, 0) / frame.length,
};

function recording(...stretches: readonly (readonly [seconds: number, level: number])[]) {
  return Float32Array.from(
    stretches.flatMap(([seconds, level]) => Array<number>(seconds * 16_000).fill(level)),
  );
}

async function intervals(samples: Float32Array, cuts: readonly number[]) {
  const activity = new VoiceActivity(loudness);
  const found = [];
  let start = 0;
  for (const cut of [...cuts, samples.length]) {
    found.push(...(await activity.push(samples.subarray(start, cut))));
    start = cut;
  }
  found.push(...(await activity.finish()));
  return found;
}

describe("voice activity in a stream", () => {
  const samples = recording([1, 0], [1.5, 1], [0.5, 0], [1, 1], [0.3, 0]);

  it("gives the times of speech", async () => {
    expect(await intervals(samples, [])).toEqual([
      { startMs: 962, endMs: 2526 },
      { startMs: 2978, endMs: 4030 },
    ]);
  });

  it("finds the same however the samples come in", async () => {
    const whole = await intervals(samples, []);
    const cut = fc.integer({ min: 0, max: samples.length });
    await fc.assert(
      fc.asyncProperty(fc.array(cut, { maxLength: 20 }), async (cuts) => {
        expect(
          await intervals(
            samples,
            cuts.toSorted((a, b) => a - b),
          ),
        ).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  it("judges a last broken frame, and ends with the audio", async () => {
    const speech = recording([1, 0], [0.21, 1]);
    expect(await intervals(speech, [])).toEqual([{ startMs: 962, endMs: 1210 }]);
  });

  it("finds nothing in nothing", async () => {
    expect(await intervals(new Float32Array(0), [])).toEqual([]);
  });
});
