import { describe, expect, it } from "vitest";
import { VoiceActivity } from "../../../src/audio/voice/activity.ts";
import { EnergyScorer } from "../../../src/audio/voice/energy.ts";
import { fixture, joined, silence } from "../../providers/local/recordings.ts";
import { generator } from "../build-wav.ts";
import { sine } from "../sources.ts";
import { gaussian, plantedGaps, sharedMs } from "./planted-gaps.ts";

async function speechIn(samples: Float32Array) {
  const activity = new VoiceActivity(new EnergyScorer());
  return [...(await activity.push(samples)), ...(await activity.finish())];
}

function noise(seconds: number, rms: number): Float32Array {
  const random = generator(8);
  return silence(seconds).map(() => rms * gaussian(random));
}

describe("speech by energy alone", () => {
  it.each([
    ["without noise", Number.POSITIVE_INFINITY, 0.01],
    ["at 20 dB", 20, 0.02],
    ["at 10 dB", 10, 0.1],
    ["at 5 dB", 5, 0.17],
  ])("leaves every planted pause open, %s", async (_, snrDb, missed) => {
    const { samples, gaps, phrases } = await plantedGaps(snrDb);
    const speech = await speechIn(samples);
    const closed = gaps.filter((gap) => sharedMs([gap], speech) > gap.endMs - gap.startMs - 100);
    expect(closed).toEqual([]);
    const spokenMs = sharedMs(phrases, phrases);
    expect(1 - sharedMs(phrases, speech) / spokenMs).toBeLessThan(missed);
  });

  it("finds speech that begins with the recording, before any noise was heard alone", async () => {
    const samples = await fixture("en-ibm-dialogue.wav");
    const [first] = await speechIn(samples.subarray(16 * 700));
    expect(first?.startMs).toBe(0);
  });

  it("finds a quiet sentence as it does a loud one", async () => {
    const sentence = await fixture("en-librivox-0870.wav");
    const quiet = joined(
      silence(2),
      sentence.map((sample) => sample / 10),
      silence(2),
    );
    const speech = await speechIn(quiet);
    expect(speech[0]?.startMs).toBeGreaterThan(1_900);
    expect(speech[0]?.startMs).toBeLessThan(2_350);
    expect(speech.at(-1)?.endMs).toBeGreaterThan(8_650);
    expect(speech.at(-1)?.endMs).toBeLessThan(9_300);
  });

  it("hears nothing in silence", async () => {
    expect(await speechIn(silence(10))).toEqual([]);
  });

  it("gets used to steady noise within two seconds", async () => {
    const speech = await speechIn(noise(60, 0.03));
    expect(speech.at(-1)?.endMs).toBeLessThan(2_000);
  });

  it("gets used to noise that sets in, and finds speech in it then", async () => {
    const sentence = await fixture("en-librivox-0890.wav");
    const samples = joined(silence(5), noise(10, 0.005), noise(6, 0.005));
    for (const [index, sample] of sentence.entries()) {
      const at = 15 * 16_000 + index;
      samples[at] = (samples[at] ?? 0) + sample;
    }
    const speech = await speechIn(samples);
    expect(sharedMs(speech, [{ startMs: 10_000, endMs: 15_000 }])).toBe(0);
    expect(sharedMs(speech, [{ startMs: 15_300, endMs: 20_000 }])).toBeGreaterThan(3_500);
  });

  it("does not take mains hum for speech, be it as loud", async () => {
    const hum = sine(50, 16_000, 10 * 16_000).map((sample) => sample * 0.05);
    const speech = await speechIn(hum);
    expect(speech.at(-1)?.endMs ?? 0).toBeLessThan(2_000);
  });

  it("takes no click for a word", async () => {
    const samples = noise(10, 0.001);
    for (let index = 0; index < 300; index++) samples[80_000 + index] = index % 2 ? 0.8 : -0.8;
    const speech = await speechIn(samples);
    expect(sharedMs(speech, [{ startMs: 3_000, endMs: 10_000 }])).toBe(0);
  });

  it("hears the same in a recording after another one", async () => {
    const samples = await fixture("zh-ibm-1-16k.wav");
    expect(await speechIn(samples)).toEqual(await speechIn(samples));
  });
});
