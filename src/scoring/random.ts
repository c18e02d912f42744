/** Random numbers that a seed repeats. */

/** Draws a whole number from 0 to `below` - 1, `below` at most 2^21. */
export type DrawBelow = (below: number) => number;

/**
 * The generator mulberry32 (T. Ettinger, public domain): 32 bits of state are enough for some million
 * draws that nobody guesses at.
 */
export function seededRandom(seed: number): DrawBelow {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    // 32 random bits as a fraction: exact in a double, so that no rounding reaches `below`.
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
