/** What the length of a `data` chunk is worth. */

/** Where the 32-bit length of an RF64 file stands in its ds64 chunk (EBU Tech 3306). */
export const IN_DS64 = 0xffffffff;

/**
 * Lengths that programs write when they don't know the end: ffmpeg 0xFFFFFFFF, arecord
 * 0x80000000 and 0x7FFFFFFF, sox 0x7FFFF000 and 0x7FFFFFF0, each sometimes less a header or
 * rounded down to a frame. A true length in these few kilobytes would be a rare accident, and
 * reading to the end is right there as well.
 */
const ENDLESS_RANGES: readonly (readonly [fromBytes: number, toBytes: number])[] = [
  [0x7fffef00, 0x80000000],
  [0xffffef00, 0xffffffff],
];

/** Whether a 32-bit length means "to the end of input". */
export function isEndless(lengthBytes: number): boolean {
  return ENDLESS_RANGES.some(([from, to]) => lengthBytes >= from && lengthBytes <= to);
}
