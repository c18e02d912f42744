/**
 * The log-mel spectrogram that Whisper's encoder reads, as openai/whisper defines it
 * (`whisper/audio.py`, `log_mel_spectrogram`): 25 ms Hann windows every 10 ms, power, mel bands,
 * log10, clamped to 8 decades under the maximum, scaled to about ±1.
 */
import { FourierTransform } from "./fft.ts";
import { SAMPLE_RATE, WINDOW_FRAMES, WINDOW_SAMPLES } from "./whisper-input.ts";

const FFT_SAMPLES = 400;
const HOP_SAMPLES = 160;
const BIN_COUNT = FFT_SAMPLES / 2 + 1;
const LEAST_POWER = 1e-10;
const DECADES = 8;

/** Weights of one mel band over neighbouring frequency bins. */
export interface MelBand {
  readonly firstBin: number;
  readonly weights: Float64Array;
}

/** Slaney's mel scale: linear below 1 kHz, logarithmic above (Auditory Toolbox, 1998). */
const LINEAR_HZ_PER_MEL = 200 / 3;
const BREAK_HZ = 1_000;
const BREAK_MEL = BREAK_HZ / LINEAR_HZ_PER_MEL;
const LOG_STEP = Math.log(6.4) / 27;

function melOfHz(hz: number): number {
  if (hz < BREAK_HZ) return hz / LINEAR_HZ_PER_MEL;
  return BREAK_MEL + Math.log(hz / BREAK_HZ) / LOG_STEP;
}

function hzOfMel(mel: number): number {
  if (mel < BREAK_MEL) return mel * LINEAR_HZ_PER_MEL;
  return BREAK_HZ * Math.exp(LOG_STEP * (mel - BREAK_MEL));
}

/**
 * Triangular bands of equal area between 0 Hz and half the sample rate: what
 * `librosa.filters.mel(sr=16000, n_fft=400, n_mels=…)` computes.
 */
export function melBands(count: number): readonly MelBand[] {
  const step = melOfHz(SAMPLE_RATE / 2) / (count + 1);
  return Array.from({ length: count }, (_, band) => {
    const low = hzOfMel(band * step);
    const centre = hzOfMel((band + 1) * step);
    const high = hzOfMel((band + 2) * step);
    const height = 2 / (high - low);
    const weights: number[] = [];
    let firstBin = 0;
    for (let bin = 0; bin < BIN_COUNT; bin++) {
      const hz = (bin * SAMPLE_RATE) / FFT_SAMPLES;
      const weight = Math.min((hz - low) / (centre - low), (high - hz) / (high - centre));
      if (weight <= 0) continue;
      if (weights.length === 0) firstBin = bin;
      weights.push(weight * height);
    }
    return { firstBin, weights: Float64Array.from(weights) };
  });
}

/** Computes spectrograms; holds its tables and scratch space between calls. */
export class MelSpectrogram {
  readonly bandCount: number;
  readonly #bands: readonly MelBand[];
  readonly #transform = new FourierTransform(FFT_SAMPLES);
  readonly #hann = Float64Array.from(
    { length: FFT_SAMPLES },
    (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / FFT_SAMPLES),
  );
  readonly #even = new Float64Array(FFT_SAMPLES);
  readonly #odd = new Float64Array(FFT_SAMPLES);
  readonly #real = new Float64Array(FFT_SAMPLES);
  readonly #imaginary = new Float64Array(FFT_SAMPLES);
  readonly #evenPower = new Float64Array(BIN_COUNT);
  readonly #oddPower = new Float64Array(BIN_COUNT);

  constructor(bandCount = 80) {
    this.bandCount = bandCount;
    this.#bands = melBands(bandCount);
  }

  /**
   * The spectrogram of up to 30 s (mono, 16 kHz, full scale ±1), padded with silence to 30 s.
   *
   * @returns `bandCount` rows of 3000 frames, row by row.
   */
  compute(samples: Float32Array): Float32Array {
    const audio = samples.subarray(0, WINDOW_SAMPLES);
    const mel = new Float32Array(this.bandCount * WINDOW_FRAMES).fill(Math.log10(LEAST_POWER));
    // Two real frames make one complex transform; frames past the audio are silent.
    const soundingFrames = Math.min(
      WINDOW_FRAMES,
      Math.ceil((audio.length + FFT_SAMPLES / 2) / HOP_SAMPLES),
    );
    for (let frame = 0; frame < soundingFrames; frame += 2) {
      this.#loadFrame(audio, frame, this.#even);
      this.#loadFrame(audio, frame + 1, this.#odd);
      this.#transform.forward(this.#even, this.#odd, this.#real, this.#imaginary);
      this.#separatePowers();
      this.#writeBands(mel, frame, this.#evenPower);
      if (frame + 1 < WINDOW_FRAMES) this.#writeBands(mel, frame + 1, this.#oddPower);
    }
    return normalise(mel);
  }

  /** Windowed samples around a frame's centre; both ends are mirrored as `torch.stft` does. */
  #loadFrame(audio: Float32Array, frame: number, into: Float64Array): void {
    const first = frame * HOP_SAMPLES - FFT_SAMPLES / 2;
    for (let index = 0; index < FFT_SAMPLES; index++) {
      const at = Math.abs(first + index);
      const mirrored = at < WINDOW_SAMPLES ? at : 2 * (WINDOW_SAMPLES - 1) - at;
      into[index] = (audio[mirrored] ?? 0) * (this.#hann[index] ?? 0);
    }
  }

  /** Takes X = E + iO apart: E and O are spectra of real signals, so they are symmetric. */
  #separatePowers(): void {
    for (let bin = 0; bin < BIN_COUNT; bin++) {
      const mirror = (FFT_SAMPLES - bin) % FFT_SAMPLES;
      const a = this.#real[bin] ?? 0;
      const b = this.#imaginary[bin] ?? 0;
      const c = this.#real[mirror] ?? 0;
      const d = this.#imaginary[mirror] ?? 0;
      this.#evenPower[bin] = ((a + c) ** 2 + (b - d) ** 2) / 4;
      this.#oddPower[bin] = ((b + d) ** 2 + (c - a) ** 2) / 4;
    }
  }

  #writeBands(mel: Float32Array, frame: number, power: Float64Array): void {
    for (let row = 0; row < this.bandCount; row++) {
      const band = this.#bands[row];
      if (band === undefined) continue;
      let energy = 0;
      for (let index = 0; index < band.weights.length; index++) {
        energy += (band.weights[index] ?? 0) * (power[band.firstBin + index] ?? 0);
      }
      mel[row * WINDOW_FRAMES + frame] = Math.log10(Math.max(energy, LEAST_POWER));
    }
  }
}

function normalise(mel: Float32Array): Float32Array {
  let loudest = Number.NEGATIVE_INFINITY;
  for (const value of mel) if (value > loudest) loudest = value;
  const floor = loudest - DECADES;
  for (let index = 0; index < mel.length; index++) {
    mel[index] = (Math.max(mel[index] ?? 0, floor) + 4) / 4;
  }
  return mel;
}
