import { setImmediate as immediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { convert } from "../../../src/audio/convert.ts";
import { openRecording } from "../../../src/audio/open.ts";
import { fileSource } from "../../../src/audio/source.ts";
import type { Recording } from "../../../src/audio/types.ts";
import type { SpeechScorer } from "../../../src/audio/voice/activity.ts";
import { buildSoundMap } from "../../../src/audio/voice/build-sound-map.ts";
import { loadSpeechModel, type SpeechModelName } from "../../../src/audio/voice/model.ts";
import type { SoundMap } from "../../../src/audio/voice/sound-map.ts";
import { describeWithModel } from "../../providers/local/installed.ts";
import { buildWav, generator } from "../build-wav.ts";
import { allBytes, memorySource, sine } from "../sources.ts";
import { sharedMs } from "./planted-gaps.ts";

async function fixture(name: string): Promise<Recording> {
  const path = fileURLToPath(new URL(`../../../fixtures/audio/${name}`, import.meta.url));
  return openRecording(await fileSource(path));
}

/** A WAV file in memory, of floats. */
async function recordingOf(
  sampleRate: number,
  ...channels: readonly Float32Array[]
): Promise<Recording> {
  const frames = channels[0]?.length ?? 0;
  const samples = new Float32Array(frames * channels.length);
  for (const [channel, own] of channels.entries()) {
    for (const [frame, sample] of own.entries())
      samples[frame * channels.length + channel] = sample;
  }
  const data = new Uint8Array(samples.buffer);
  const wav = buildWav({ encoding: "f32le", channels: channels.length, sampleRate, data });
  return openRecording(memorySource(wav, { cuts: [100_001] }));
}

async function samplesOf(recording: Recording): Promise<Float32Array> {
  const { sampleRate } = recording.facts;
  const target = { sampleRate, channels: "first", encoding: "f32le" } as const;
  return new Float32Array((await allBytes(convert(recording, target))).buffer);
}

function expectSound({ speech, durationMs, levels }: SoundMap): void {
  let doneMs = -1;
  for (const { startMs, endMs } of speech) {
    expect(startMs).toBeGreaterThan(doneMs);
    expect(endMs).toBeGreaterThan(startMs);
    doneMs = endMs;
  }
  expect(doneMs).toBeLessThanOrEqual(durationMs);
  expect(Math.abs(levels.length - durationMs / 10)).toBeLessThanOrEqual(1);
  expect(levels.every((level) => level >= 0)).toBe(true);
}

/** Nobody speaks, for tests of the rest. */
const deaf: SpeechScorer = { sampleRate: 16_000, frameSamples: 512, score: async () => 0 };

/** What holds with either model. */
function tests(name: SpeechModelName): void {
  const mapOf = async (recording: Recording) =>
    buildSoundMap(recording, (await loadSpeechModel(name)).scorer());

  it("finds the pauses of a dialogue", async () => {
    const recording = await fixture("en-ibm-dialogue.wav");
    const map = await mapOf(recording);
    expectSound(map);
    expect(map.durationMs).toBe(recording.facts.durationMs);
    // Between sentences and turns, where it is quiet.
    for (const atMs of [6_200, 7_550, 15_560, 25_120]) {
      expect(sharedMs(map.speech, [{ startMs: atMs - 30, endMs: atMs + 30 }])).toBe(0);
    }
    expect(sharedMs(map.speech, [{ startMs: 9_500, endMs: 15_300 }])).toBe(5_800);
    expect(sharedMs(map.speech, [{ startMs: 16_400, endMs: 21_200 }])).toBe(4_800);
  });

  it.each(["zh-ibm-1-16k.wav", "zh-ibm-1-8k.wav"])("finds the speech of %s", async (file) => {
    const recording = await fixture(file);
    const map = await mapOf(recording);
    expectSound(map);
    expect(map.durationMs).toBe(recording.facts.durationMs);
    const heardMs = sharedMs(map.speech, map.speech);
    expect(heardMs).toBeGreaterThan(0.75 * map.durationMs);
    expect(map.speech[0]?.startMs).toBeLessThan(400);
  });

  it("hears nobody in silence", async () => {
    const map = await mapOf(await recordingOf(8000, new Float32Array(8000 * 5)));
    expect(map).toMatchObject({ durationMs: 5000, speech: [] });
    expect(map.levels).toEqual(new Float32Array(500));
  });

  it("hears nobody in steady noise, once it is used to it", async () => {
    const random = generator(3);
    const noise = new Float32Array(44_100 * 10).map(() => (random() - 0.5) / 10);
    const map = await mapOf(await recordingOf(44_100, noise));
    expect(sharedMs(map.speech, [{ startMs: 2_000, endMs: 10_000 }])).toBe(0);
    // Uniform noise of a width w has an RMS of w / √12.
    for (const level of map.levels) expect(Math.abs(level - 0.0289)).toBeLessThan(0.003);
  });

  it("is not put off by numbers that are none, nor by endless ones", async () => {
    const samples = await samplesOf(await fixture("en-librivox-0890.wav"));
    const damage = Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, -1e30, Number.NaN);
    const damaged = new Float32Array(16_000 + samples.length);
    damaged.set(damage, 9_000);
    damaged.set(samples, 16_000);
    const map = await mapOf(await recordingOf(16_000, damaged));
    expectSound(map);
    expect(sharedMs(map.speech, [{ startMs: 1_500, endMs: 5_500 }])).toBeGreaterThan(3_500);
  });

  it("finds on two channels, one of them silent, what it finds on one", async () => {
    const recording = await fixture("en-librivox-0890.wav");
    const samples = await samplesOf(recording);
    const one = await mapOf(recording);
    const two = await mapOf(await recordingOf(16_000, new Float32Array(samples.length), samples));
    expect(two.levels).toEqual(one.levels.map((level) => level / 2));
    const heardMs = sharedMs(one.speech, one.speech);
    expect(sharedMs(one.speech, two.speech)).toBeGreaterThan(0.95 * heardMs);
  });
}

describe("a sound map by energy", () => tests("energy"));
describeWithModel("a sound map by Silero", () => tests("silero"));

describe("a sound map", () => {
  it("has the RMS of each 10 ms, in step with the clock at any sample rate", async () => {
    for (const sampleRate of [8000, 11_025, 22_050, 44_100]) {
      const tone = sine(1000, sampleRate, sampleRate * 3).map((sample, frame) =>
        frame < sampleRate * 2 ? 0 : sample * 0.5,
      );
      const { levels } = await buildSoundMap(await recordingOf(sampleRate, tone), deaf);
      expect(levels).toHaveLength(300);
      expect(levels.subarray(0, 200)).toEqual(new Float32Array(200));
      for (const level of levels.subarray(200)) expect(level).toBeCloseTo(0.5 * Math.SQRT1_2, 2);
    }
  });

  it("is of the same recording, whether its length is known or not", async () => {
    const whole = await fixture("zh-ibm-1-8k.wav");
    const bytes = await allBytes(whole.bytes());
    const pipe = await openRecording(memorySource(bytes, { pipe: true, cuts: [333] }));
    expect(await buildSoundMap(pipe, deaf)).toEqual(await buildSoundMap(whole, deaf));
  });

  it("of a stretch begins with it", async () => {
    const whole = await fixture("zh-ibm-1-16k.wav");
    const stretch = whole.stretch?.(16_000, 48_000) ?? whole;
    const { durationMs, levels } = await buildSoundMap(stretch, deaf);
    expect(durationMs).toBe(2000);
    expect(levels).toEqual((await buildSoundMap(whole, deaf)).levels.slice(100, 300));
  });

  it("is sound, whatever the scorer says and however long the recording is", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(0, 0.4, 1), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 30_000 }),
        fc.constantFrom(8000, 11_025, 16_000, 44_100),
        async (probabilities, frames, sampleRate) => {
          let turn = 0;
          const scorer = {
            ...deaf,
            score: async () => probabilities[turn++ % probabilities.length] ?? 0,
          };
          const map = await buildSoundMap(
            await recordingOf(sampleRate, new Float32Array(frames)),
            scorer,
          );
          expectSound(map);
          expect(map.durationMs).toBe(Math.round((frames * 1000) / sampleRate));
        },
      ),
      { numRuns: 100, seed: 6 },
    );
  });

  it("tells how far it is, and lets others have their turn each second", async () => {
    const recording = await recordingOf(16_000, new Float32Array(16_000 * 20));
    let turns = 0;
    let over = false;
    const others = (async () => {
      for (; !over; turns++) await immediate();
    })();
    const told: number[] = [];
    await buildSoundMap(recording, deaf, { onProgress: (audioMs) => told.push(audioMs) });
    over = true;
    await others;
    expect(turns).toBeGreaterThanOrEqual(20);
    expect(told.length).toBeGreaterThanOrEqual(20);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBeLessThanOrEqual(20_000);
  });

  it("stops on abort, and lets go of the file", async () => {
    const bytes = await allBytes((await fixture("en-ibm-dialogue.wav")).bytes());
    const source = memorySource(bytes, { cuts: [4096] });
    const recording = await openRecording(source);
    const controller = new AbortController();
    const reason = new Error("enough");
    const work = buildSoundMap(recording, deaf, {
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    });
    await expect(work).rejects.toBe(reason);
    expect(source.openPasses()).toBe(0);
    expect(source.readBytes()).toBeLessThan(bytes.length / 4);
    await expect(
      buildSoundMap(recording, deaf, { signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason);
  });
});
