/** Rates as people read them. */

/** "12.34%"; a dash where an empty reference has no rate. */
export function percent(rate: number | null | undefined): string {
  return rate === null || rate === undefined ? "–" : `${(rate * 100).toFixed(2)}%`;
}
