/** How alike two signals are. */

/**
 * The best normalised correlation of two mono signals where one may lag behind by up to
 * `maxLagFrames`; 1 where they differ by a factor alone. Every few frames count.
 */
export function correlation(a: Float32Array, b: Float32Array, maxLagFrames: number): number {
  let best = -1;
  for (let lag = -maxLagFrames; lag <= maxLagFrames; lag++) {
    const value = at(a, b, lag, 11);
    if (value > best) best = value;
  }
  let exact = best;
  for (let lag = -maxLagFrames; lag <= maxLagFrames; lag++) {
    if (at(a, b, lag, 11) > best - 0.01) exact = Math.max(exact, at(a, b, lag, 3));
  }
  return exact;
}

function at(a: Float32Array, b: Float32Array, lag: number, step: number): number {
  let product = 0;
  let energyA = 0;
  let energyB = 0;
  const end = Math.min(a.length, b.length - lag);
  for (let frame = Math.max(0, -lag); frame < end; frame += step) {
    const x = a[frame] ?? 0;
    const y = b[frame + lag] ?? 0;
    product += x * y;
    energyA += x * x;
    energyB += y * y;
  }
  return product / Math.sqrt(energyA * energyB || 1);
}

/** What lies between two frequencies, by a windowed sinc of 20 ms; phases are kept. */
export function bandLimited(
  samples: Float32Array,
  sampleRate: number,
  lowHz: number,
  highHz: number,
): Float32Array {
  const half = Math.round(sampleRate / 100);
  const taps = Float64Array.from({ length: 2 * half + 1 }, (_, index) => {
    const place = index - half;
    const window = 0.5 + 0.5 * Math.cos((Math.PI * place) / half);
    const sinc = (hertz: number) =>
      place === 0
        ? (2 * hertz) / sampleRate
        : Math.sin((2 * Math.PI * hertz * place) / sampleRate) / (Math.PI * place);
    return window * (sinc(highHz) - sinc(lowHz));
  });
  return samples.map((_, frame) => {
    let sum = 0;
    for (const [index, tap] of taps.entries()) sum += tap * (samples[frame + index - half] ?? 0);
    return sum;
  });
}
