import { describe, expect, it } from "vitest";
import { MelSpectrogram, melBands } from "../../../src/providers/local/mel.ts";
import { WINDOW_FRAMES } from "../../../src/providers/local/whisper-input.ts";

/** One value by the definition: Hann window, DFT, band, logarithm; not yet clamped and scaled. */
function logEnergy(samples: Float32Array, frame: number, band: number): number {
  const { firstBin, weights } = melBands(80)[band] ?? { firstBin: 0, weights: new Float64Array() };
  let energy = 0;
  for (const [index, weight] of weights.entries()) {
    let re = 0;
    let im = 0;
    for (let point = 0; point < 400; point++) {
      const at = Math.abs(frame * 160 - 200 + point);
      const hann = Math.sin((Math.PI * point) / 400) ** 2;
      const angle = (2 * Math.PI * (firstBin + index) * point) / 400;
      re += (samples[at] ?? 0) * hann * Math.cos(angle);
      im -= (samples[at] ?? 0) * hann * Math.sin(angle);
    }
    energy += weight * (re * re + im * im);
  }
  return Math.log10(Math.max(energy, 1e-10));
}

describe("the mel bands", () => {
  const bands = melBands(80);

  it("are librosa's, which openai/whisper ships as mel_filters.npz", () => {
    expect(bands).toHaveLength(80);
    expect(bands[0]?.firstBin).toBe(1);
    expect([...(bands[0]?.weights ?? [])]).toEqual([expect.closeTo(0.02486259, 7)]);
    expect(bands[40]?.firstBin).toBe(42);
    expect(bands[40]?.weights).toHaveLength(3);
    expect(Math.max(...(bands[79]?.weights ?? []))).toBeCloseTo(0.0031647119, 9);
    const sum = bands.reduce((total, { weights }) => total + weights.reduce((a, b) => a + b, 0), 0);
    expect(sum).toBeCloseTo(1.9990242, 5);
  });
});

describe("the spectrogram", () => {
  const samples = Float32Array.from(
    { length: 20_000 },
    (_, index) => 0.3 * Math.sin(index * 0.1) + 0.2 * Math.sin(index * index * 1e-5),
  );
  const mel = new MelSpectrogram(80).compute(samples);
  const value = (band: number, frame: number) => mel[band * WINDOW_FRAMES + frame] ?? Number.NaN;

  it("has 80 bands of 3000 frames, whatever the length", () => {
    expect(mel).toHaveLength(80 * 3_000);
    expect(new MelSpectrogram(128).compute(new Float32Array(0))).toHaveLength(128 * 3_000);
  });

  it("is Whisper's: log10, clamped 8 decades under the maximum, plus 4, over 4", () => {
    let loudest = Number.NEGATIVE_INFINITY;
    for (const scaled of mel) loudest = Math.max(loudest, scaled);
    const maximum = loudest * 4 - 4;
    for (const [band, frame] of [
      [0, 0],
      [3, 1],
      [10, 57],
      [40, 58],
      [79, 123],
      [20, 124],
      [15, 125],
    ] as const) {
      const expected = Math.max(logEnergy(samples, frame, band), maximum - 8);
      expect(value(band, frame), `band ${band}, frame ${frame}`).toBeCloseTo((expected + 4) / 4, 5);
    }
  });

  it("is silent after the audio", () => {
    expect(value(5, 130)).toBe(value(70, 2_999));
  });

  it("stays finite for silence", () => {
    const silent = new MelSpectrogram(80).compute(new Float32Array(1_000));
    expect(new Set(silent)).toEqual(new Set([-1.5]));
  });
});
