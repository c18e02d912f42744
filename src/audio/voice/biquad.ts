/**
 * Filters of the second order, Butterworth by the bilinear transform (R. Bristow-Johnson,
 * "Cookbook formulae for audio EQ biquad filter coefficients", LPF and HPF with Q = √½).
 */

export class Biquad {
  readonly #b0: number;
  readonly #b1: number;
  readonly #a1: number;
  readonly #a2: number;
  #first = 0;
  #second = 0;

  /** The third coefficient of the numerator equals the first, in both kinds. */
  constructor(b0: number, b1: number, a0: number, a1: number, a2: number) {
    this.#b0 = b0 / a0;
    this.#b1 = b1 / a0;
    this.#a1 = a1 / a0;
    this.#a2 = a2 / a0;
  }

  /** @param output as long as `samples`; may be the same array */
  filter(samples: Float32Array, output: Float32Array): void {
    const [b0, b1, a1, a2] = [this.#b0, this.#b1, this.#a1, this.#a2];
    let first = this.#first;
    let second = this.#second;
    for (let index = 0; index < samples.length; index++) {
      const sample = samples[index] ?? 0;
      const filtered = b0 * sample + first;
      first = b1 * sample - a1 * filtered + second;
      second = b0 * sample - a2 * filtered;
      output[index] = filtered;
    }
    this.#first = flushed(first);
    this.#second = flushed(second);
  }
}

/** Keeps what lies below a frequency. */
export function lowPass(frequencyHz: number, sampleRate: number): Biquad {
  const { cosine, alpha } = angleOf(frequencyHz, sampleRate);
  return new Biquad((1 - cosine) / 2, 1 - cosine, 1 + alpha, -2 * cosine, 1 - alpha);
}

/** Keeps what lies above a frequency. */
export function highPass(frequencyHz: number, sampleRate: number): Biquad {
  const { cosine, alpha } = angleOf(frequencyHz, sampleRate);
  return new Biquad((1 + cosine) / 2, -1 - cosine, 1 + alpha, -2 * cosine, 1 - alpha);
}

function angleOf(frequencyHz: number, sampleRate: number): { cosine: number; alpha: number } {
  const angle = (2 * Math.PI * frequencyHz) / sampleRate;
  return { cosine: Math.cos(angle), alpha: Math.sin(angle) * Math.SQRT1_2 };
}

/** Numbers too small to be normal slow a processor down many times. */
function flushed(value: number): number {
  return Math.abs(value) < 1e-30 ? 0 : value;
}
