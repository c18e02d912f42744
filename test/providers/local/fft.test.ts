import { describe, expect, it } from "vitest";
import { FourierTransform } from "../../../src/providers/local/fft.ts";

/** The definition, without any trick. */
function transform(real: Float64Array, imaginary: Float64Array) {
  const size = real.length;
  return Array.from({ length: size }, (_, bin) => {
    let re = 0;
    let im = 0;
    for (let index = 0; index < size; index++) {
      const angle = (-2 * Math.PI * bin * index) / size;
      const a = real[index] ?? 0;
      const b = imaginary[index] ?? 0;
      re += a * Math.cos(angle) - b * Math.sin(angle);
      im += a * Math.sin(angle) + b * Math.cos(angle);
    }
    return [re, im] as const;
  });
}

describe("the Fourier transform", () => {
  it.each([1, 2, 3, 5, 12, 60, 400])("is the one of the definition for %i points", (size) => {
    const real = Float64Array.from({ length: size }, (_, index) => Math.sin(index * index));
    const imaginary = Float64Array.from({ length: size }, (_, index) => Math.cos(3 * index));
    const outReal = new Float64Array(size);
    const outImaginary = new Float64Array(size);
    new FourierTransform(size).forward(real, imaginary, outReal, outImaginary);
    for (const [bin, [re, im]] of transform(real, imaginary).entries()) {
      expect(outReal[bin]).toBeCloseTo(re, 9);
      expect(outImaginary[bin]).toBeCloseTo(im, 9);
    }
  });

  it.each([0, 7, 401])("refuses %i points", (size) => {
    expect(() => new FourierTransform(size)).toThrow(RangeError);
  });
});
