/**
 * The low-pass filter of the resampler: an ideal one (a sinc) cut to length by a Kaiser window.
 * J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window function", 1974;
 * formulas as in Oppenheim and Schafer, "Discrete-Time Signal Processing", 3rd ed., 7.5.3.
 */

/** How far aliases, and the ripple below the pass band's edge, lie down: the range of 16 bits. */
const ATTENUATION_DB = 96;
/** The pass band's edge as a share of the lower of the two Nyquist frequencies. */
const PASS_BAND = 0.875;

const BETA = 0.1102 * (ATTENUATION_DB - 8.7);

/** An impulse response around its centre. */
export interface LowPass {
  /** How far it reaches on each side of the centre, in input frames. */
  readonly reachFrames: number;
  /** Its value at a distance from the centre, in input frames. Not normalised. */
  at(distanceFrames: number): number;
}

/**
 * A low-pass filter for going from one rate to another: flat to `PASS_BAND` of the lower Nyquist
 * frequency, silent from that frequency on.
 *
 * @param reachMultiple `reachFrames` is rounded up to a multiple of it.
 */
export function lowPass(fromRate: number, toRate: number, reachMultiple: number): LowPass {
  // In radians an input frame.
  const stopEdge = Math.PI * Math.min(1, toRate / fromRate);
  const cutoff = (stopEdge * (1 + PASS_BAND)) / 2;
  const length = (ATTENUATION_DB - 8) / (2.285 * stopEdge * (1 - PASS_BAND));
  const reachFrames = Math.ceil(length / 2 / reachMultiple) * reachMultiple;
  return {
    reachFrames,
    at(distanceFrames) {
      const share = distanceFrames / reachFrames;
      if (Math.abs(share) >= 1) return 0;
      const angle = cutoff * distanceFrames;
      const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
      return sinc * besselI0(BETA * Math.sqrt(1 - share * share));
    },
  };
}

/** Points of a table between two input frames: straight lines between them err by -106 dB. */
const POINTS_PER_FRAME = 512;

/** The same filter from a table, for ratios whose every output frame needs new values. */
export function tabulated(filter: LowPass): LowPass {
  const { reachFrames } = filter;
  const table = Float64Array.from({ length: reachFrames * POINTS_PER_FRAME + 2 }, (_, point) =>
    filter.at(point / POINTS_PER_FRAME),
  );
  return {
    reachFrames,
    at(distanceFrames) {
      const position = Math.abs(distanceFrames) * POINTS_PER_FRAME;
      const point = Math.floor(position);
      const before = table[point] ?? 0;
      return before + ((table[point + 1] ?? 0) - before) * (position - point);
    },
  };
}

/** The modified Bessel function of the first kind and order zero, by its power series. */
function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
