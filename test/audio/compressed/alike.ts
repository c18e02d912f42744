/** How alike two recordings of the same sound are, whatever delay a codec put in front. */

export interface Likeness {
  /** 1: the same up to a factor. */
  readonly correlation: number;
  /** How many frames later the second one is. */
  readonly lagFrames: number;
}

/** Looks for the lag by a second in the middle, then compares all that both have. */
export function likeness(first: Float32Array, second: Float32Array, maxLagFrames = 3000): Likeness {
  const middle = Math.floor(first.length / 2);
  let best = { correlation: -1, lagFrames: 0 };
  for (let lag = -maxLagFrames; lag <= maxLagFrames; lag++) {
    const correlation = correlationOf(first, second, lag, middle - 4000, middle + 4000);
    if (correlation > best.correlation) best = { correlation, lagFrames: lag };
  }
  const { lagFrames } = best;
  const start = Math.max(0, -lagFrames);
  const end = Math.min(first.length, second.length - lagFrames);
  return { correlation: correlationOf(first, second, lagFrames, start, end), lagFrames };
}

function correlationOf(
  first: Float32Array,
  second: Float32Array,
  lag: number,
  start: number,
  end: number,
): number {
  let product = 0;
  let firstPower = 0;
  let secondPower = 0;
  for (let frame = start; frame < end; frame++) {
    const a = first[frame] ?? 0;
    const b = second[frame + lag] ?? 0;
    product += a * b;
    firstPower += a * a;
    secondPower += b * b;
  }
  return product / Math.sqrt(firstPower * secondPower || 1);
}
