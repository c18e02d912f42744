import { describe, expect, it } from "vitest";
import { wavHeader } from "../../../src/audio/encode.ts";
import { openRecording } from "../../../src/audio/open.ts";
import type { SpeechScorer } from "../../../src/audio/voice/activity.ts";
import { isClear, mapSound } from "../../../src/audio/voice/map-sound.ts";
import type { SpeechModel } from "../../../src/audio/voice/model.ts";
import { memorySource } from "../sources.ts";

/** Levels of ten milliseconds: speech and silence in turns of half a second. */
function levels(voiced: number, silent: number): Float32Array {
  return Float32Array.from({ length: 600 }, (_, index) => (index % 100 < 50 ? voiced : silent));
}

const speech = Array.from({ length: 6 }, (_, index) => ({
  startMs: index * 1000,
  endMs: index * 1000 + 500,
}));

describe("isClear", () => {
  it.each([
    ["silence far below the speech", levels(0.1, 0.001), true],
    ["digital silence", levels(0.1, 0), true],
    ["noise near the speech", levels(0.1, 0.02), false],
  ])("%s", (_title, found, clear) => {
    expect(isClear({ durationMs: 6000, speech, levels: found })).toBe(clear);
  });

  it("can't tell where nothing is silent", () => {
    const all = [{ startMs: 0, endMs: 6000 }];
    expect(isClear({ durationMs: 6000, speech: all, levels: levels(0.1, 0.1) })).toBe(false);
  });

  it("is sure of silence, and not of a noise that nobody spoke in", () => {
    expect(isClear({ durationMs: 6000, speech: [], levels: levels(0, 0) })).toBe(true);
    expect(isClear({ durationMs: 6000, speech: [], levels: levels(0.1, 0.1) })).toBe(false);
  });
});

describe("mapSound", () => {
  const always: SpeechScorer = { sampleRate: 16_000, frameSamples: 512, score: async () => 1 };
  const careful: SpeechModel = { name: "silero", scorer: () => always };

  async function recordingOf(sample: (frame: number) => number) {
    const samples = Int16Array.from({ length: 32_000 }, (_, frame) => sample(frame) * 32_767);
    const bytes = new Uint8Array(samples.buffer);
    const header = wavHeader({ sampleRate: 16_000, channels: 1, encoding: "s16le" }, bytes.length);
    return openRecording(memorySource(Buffer.concat([header, bytes])));
  }

  it("does not load the careful model for silence", async () => {
    let asked = 0;
    const map = await mapSound(await recordingOf(() => 0), async () => {
      asked += 1;
      return careful;
    });
    expect(asked).toBe(0);
    expect(map.speech).toEqual([]);
  });

  it("believes the careful model where noise is near, and says so", async () => {
    const noise = await recordingOf((frame) => Math.sin(frame * frame) * 0.2);
    const map = await mapSound(noise, async () => careful);
    expect(map.speech).toEqual([{ startMs: 0, endMs: 2000 }]);
    expect(map.detector).toBe("silero");
    const silence = await mapSound(await recordingOf(() => 0), async () => careful);
    expect(silence.detector).toBe("energy");
  });

  it("goes through the recording once, as far as anybody is told", async () => {
    const noise = await recordingOf((frame) => Math.sin(frame * frame) * 0.2);
    const told: number[] = [];
    await mapSound(noise, async () => careful, { onProgress: (audioMs) => told.push(audioMs) });
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told[0]).toBeLessThan(300);
    expect(told.at(-1)).toBeGreaterThan(1900);
    expect(told.at(-1)).toBeLessThanOrEqual(2000);
  });
});
