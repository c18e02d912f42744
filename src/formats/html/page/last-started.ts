/**
 * Index of the last of them that has started; -1 before the first.
 *
 * @param starts in order
 */
export function lastStarted(starts: ArrayLike<number>, ms: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

/** More voices than talk at once. */
const MOST_OVERLAPPING = 32;

/**
 * Index of the last of them that is going on: where channels overlap, one may outlast what began
 * after it. -1 where none is.
 *
 * @param started what `lastStarted` says
 */
export function lastGoing(stretches: readonly Stretch[], started: number, ms: number): number {
  const least = Math.max(0, started - MOST_OVERLAPPING);
  for (let index = started; index >= least; index--) {
    const stretch = stretches[index];
    if (stretch !== undefined && (stretch.endMs > ms || stretch.startMs === ms)) return index;
  }
  return -1;
}
