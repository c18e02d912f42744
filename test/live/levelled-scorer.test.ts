import { describe, expect, it } from "vitest";
import { VoiceActivity } from "../../src/audio/voice/activity.ts";
import { loadSpeechModel } from "../../src/audio/voice/model.ts";
import { LevelledScorer } from "../../src/live/levelled-scorer.ts";
import { loadRuntime } from "../../src/providers/local/runtime.ts";
import { describeWithModel } from "../providers/local/installed.ts";
import { fixture, joined, silence } from "../providers/local/recordings.ts";

/** A scorer that keeps what it was given. */
function ear() {
  const heard: Float32Array[] = [];
  const scorer = {
    sampleRate: 16_000,
    frameSamples: 512,
    async score(frame: Float32Array) {
      heard.push(frame.slice());
      return 0;
    },
  };
  return { heard, scorer: new LevelledScorer(scorer) };
}

const tone = (amplitude: number) =>
  Float32Array.from({ length: 512 }, (_, at) => amplitude * Math.sin(at / 3));
const peakOf = (samples: Float32Array | undefined) =>
  samples?.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0) ?? 0;
const decibels = (ratio: number) => 20 * Math.log10(ratio);

/** At a peak, in dBFS, in the 16 bits of a microphone. */
function atPeak(samples: Float32Array, peakDb: number): Float32Array {
  const gain = 10 ** (peakDb / 20) / peakOf(samples);
  return samples.map((sample) => Math.round(sample * gain * 32_768) / 32_768);
}

describe("a level for the judge of speech", () => {
  it("raises what is quiet from its first sample on, and clips nothing that is loud", async () => {
    const { heard, scorer } = ear();
    await scorer.score(tone(0.003));
    expect(decibels(peakOf(heard[0]) / 0.003)).toBeGreaterThan(25);
    for (let frame = 0; frame < 3; frame++) await scorer.score(tone(0.9));
    expect(peakOf(heard.at(-1))).toBeCloseTo(peakOf(tone(0.9)));
  });

  it("learns nothing from digital silence", async () => {
    const { heard, scorer } = ear();
    for (let frame = 0; frame < 3; frame++) await scorer.score(tone(0.5));
    for (let frame = 0; frame < 2000; frame++) await scorer.score(new Float32Array(512));
    await scorer.score(tone(0.0005));
    expect(peakOf(heard.at(-1))).toBeCloseTo(0.0005, 5);
  });

  it("leaves the samples as they are", async () => {
    const { scorer } = ear();
    const frame = tone(0.003);
    await scorer.score(frame);
    expect(frame).toEqual(tone(0.003));
  });
});

describeWithModel("quiet speech", () => {
  async function speechIn(samples: Float32Array, levelled = true) {
    const scorer = (await loadSpeechModel("silero", loadRuntime)).scorer();
    const activity = new VoiceActivity(levelled ? new LevelledScorer(scorer) : scorer);
    return [...(await activity.push(samples)), ...(await activity.finish())];
  }
  const spokenMs = (speech: readonly { startMs: number; endMs: number }[]) =>
    speech.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);

  it.each([-1, -20, -35, -45, -52])(
    "is heard at %i dBFS from its first sentence on",
    async (peakDb) => {
      for (const name of ["en-librivox-0870.wav", "en-jfk.wav", "zh-ibm-1-16k.wav"]) {
        const sentence = await fixture(name);
        const usual = await speechIn(joined(silence(2), sentence), false);
        const heard = await speechIn(joined(silence(2), atPeak(sentence, peakDb)));
        expect(heard[0]?.startMs).toBeLessThan((usual[0]?.startMs ?? 0) + 300);
        expect(spokenMs(heard)).toBeGreaterThan(spokenMs(usual) * 0.85);
      }
    },
  );

  it.each([-70, -50, -30])("is not found in noise of %i dBFS", async (peakDb) => {
    let seed = 1;
    const noise = Float32Array.from({ length: 16_000 * 20 }, () => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed / 1_073_741_824 - 1;
    });
    expect(await speechIn(atPeak(noise, peakDb))).toEqual([]);
  });
});
