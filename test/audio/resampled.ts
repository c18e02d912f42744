/**
 * Samples at another rate, by a windowed sinc; nothing above `cutoffHz` is left. Slow and plain: nothing of
 * `src` in here.
 */
export function resampled(
  samples: ArrayLike<number>,
  fromHz: number,
  toHz: number,
  cutoffHz = Math.min(fromHz, toHz) / 2,
): Float32Array {
  if (fromHz === toHz && cutoffHz === toHz / 2) return Float32Array.from(samples);
  const zeros = 24;
  const bandwidth = Math.min(1, (2 * cutoffHz) / fromHz);
  const reach = Math.ceil(zeros / bandwidth);
  const length = Math.round((samples.length * toHz) / fromHz);
  return Float32Array.from({ length }, (_, index) => {
    const centre = (index * fromHz) / toHz;
    const first = Math.max(0, Math.ceil(centre - reach));
    const last = Math.min(samples.length - 1, Math.floor(centre + reach));
    let sum = 0;
    for (let at = first; at <= last; at += 1) {
      const distance = at - centre;
      const phase = Math.PI * distance * bandwidth;
      const sinc = phase === 0 ? 1 : Math.sin(phase) / phase;
      const taper = 0.5 + 0.5 * Math.cos((Math.PI * distance) / reach);
      sum += (samples[at] ?? 0) * sinc * taper;
    }
    return sum * bandwidth;
  });
}
