/**
 * Discrete Fourier transform of any size with small prime factors. Whisper's spectrogram has 400
 * points a frame, which is not a power of two: 400 = 4 · 4 · 5 · 5.
 */

const RADICES = [4, 5, 3, 2] as const;

function factorise(size: number): number[] {
  if (size < 1) throw new RangeError(`no transform of ${size} points`);
  const factors: number[] = [];
  let rest = size;
  for (const radix of RADICES) {
    while (rest % radix === 0) {
      factors.push(radix);
      rest /= radix;
    }
  }
  if (rest !== 1) throw new RangeError(`no transform of ${size} points`);
  return factors;
}

/** A transform of one size; tables are made once, `forward` allocates nothing. */
export class FourierTransform {
  readonly size: number;
  readonly #factors: readonly number[];
  readonly #cosine: Float64Array;
  readonly #sine: Float64Array;
  readonly #real = new Float64Array(Math.max(...RADICES));
  readonly #imaginary = new Float64Array(Math.max(...RADICES));

  /** @throws RangeError where `size` has a prime factor over 5. */
  constructor(size: number) {
    this.size = size;
    this.#factors = factorise(size);
    const angle = (index: number) => (-2 * Math.PI * index) / size;
    this.#cosine = Float64Array.from({ length: size }, (_, index) => Math.cos(angle(index)));
    this.#sine = Float64Array.from({ length: size }, (_, index) => Math.sin(angle(index)));
  }

  /** X[k] = Σ x[n]·e^(−2πikn/size); all four arrays have `size` elements. */
  forward(
    real: Float64Array,
    imaginary: Float64Array,
    outReal: Float64Array,
    outImaginary: Float64Array,
  ): void {
    this.#recurse(real, imaginary, 0, 1, outReal, outImaginary, 0, this.size, 0);
  }

  /** Decimation in time: `radix` transforms of every radix-th input, then the butterflies. */
  #recurse(
    inReal: Float64Array,
    inImaginary: Float64Array,
    inOffset: number,
    stride: number,
    outReal: Float64Array,
    outImaginary: Float64Array,
    outOffset: number,
    length: number,
    level: number,
  ): void {
    const radix = this.#factors[level];
    if (radix === undefined) {
      outReal[outOffset] = inReal[inOffset] ?? 0;
      outImaginary[outOffset] = inImaginary[inOffset] ?? 0;
      return;
    }
    const part = length / radix;
    for (let branch = 0; branch < radix; branch++) {
      this.#recurse(
        inReal,
        inImaginary,
        inOffset + branch * stride,
        stride * radix,
        outReal,
        outImaginary,
        outOffset + branch * part,
        part,
        level + 1,
      );
    }
    this.#butterflies(outReal, outImaginary, outOffset, part, radix, stride);
  }

  #butterflies(
    re: Float64Array,
    im: Float64Array,
    offset: number,
    part: number,
    radix: number,
    stride: number,
  ): void {
    const { size } = this;
    const cosine = this.#cosine;
    const sine = this.#sine;
    const real = this.#real;
    const imaginary = this.#imaginary;
    for (let column = 0; column < part; column++) {
      for (let row = 0; row < radix; row++) {
        real[row] = re[offset + column + row * part] ?? 0;
        imaginary[row] = im[offset + column + row * part] ?? 0;
      }
      for (let row = 0; row < radix; row++) {
        const bin = column + row * part;
        let sumReal = real[0] ?? 0;
        let sumImaginary = imaginary[0] ?? 0;
        let turn = 0;
        for (let term = 1; term < radix; term++) {
          turn = (turn + stride * bin) % size;
          const c = cosine[turn] ?? 0;
          const s = sine[turn] ?? 0;
          const a = real[term] ?? 0;
          const b = imaginary[term] ?? 0;
          sumReal += a * c - b * s;
          sumImaginary += a * s + b * c;
        }
        re[offset + bin] = sumReal;
        im[offset + bin] = sumImaginary;
      }
    }
  }
}
