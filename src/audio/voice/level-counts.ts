/** How loud a recording is, from its levels: in constant memory, whatever their number. */

/** Below the full scale; nothing is heard there: the noise of 16 bits. */
export const FLOOR_DECIBELS = -80;

/** How many levels there were of each decibel below full scale. */
export class LevelCounts {
  readonly #counts = new Uint32Array(1 - FLOOR_DECIBELS);
  count = 0;

  /** @param level RMS, full scale 1 */
  add(level: number): void {
    const decibels = Math.round(20 * Math.log10(level));
    const index = Math.min(Math.max(decibels - FLOOR_DECIBELS, 0), this.#counts.length - 1);
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.count += 1;
  }

  /** What a share of all levels (0 to 1) does not exceed; everything inaudible counts alike. */
  decibels(share: number): number {
    let before = 0;
    const index = this.#counts.findIndex((count) => {
      before += count;
      return before >= share * this.count;
    });
    return index + FLOOR_DECIBELS;
  }
}
