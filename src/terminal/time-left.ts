/** When a run will be at its end, by what it has done so far. Pure. */

export interface RunPace {
  /** Milliseconds since the first job began. */
  readonly workingMs: number;
  /** Inputs that this run has ended, failed ones too. */
  readonly endedCount: number;
  /** Audio of them, in milliseconds. */
  readonly endedAudioMs: number;
  /** Inputs whose turn has not come. */
  readonly waiting: number;
  readonly running: readonly { readonly doneMs: number; readonly totalMs?: number }[];
}

/** Before that a guess would only jump about. */
const LEAST_WORK_MS = 5000;
const LEAST_ENDED = 3;

/** Audio recognised so far, with what is done of the running jobs, in milliseconds. */
export function recognisedMs({ endedAudioMs, running }: RunPace): number {
  return running.reduce((sum, { doneMs }) => sum + doneMs, endedAudioMs);
}

/**
 * By audio where lengths are known, with those of what waits taken for the mean; else by inputs.
 *
 * @returns milliseconds; undefined while it means nothing
 */
export function timeLeftMs(pace: RunPace): number | undefined {
  const { workingMs, endedCount, endedAudioMs, waiting, running } = pace;
  if (workingMs < LEAST_WORK_MS) return undefined;
  const isKnown = waiting === 0 && running.every(({ totalMs }) => totalMs !== undefined);
  // As long as nearly all that ever began is still at work, only the shortest have ended.
  if (!isKnown && endedCount < Math.max(LEAST_ENDED, running.length)) return undefined;
  const doneMs = recognisedMs(pace);
  if (doneMs === 0) {
    return endedCount === 0 ? undefined : ((waiting + running.length) / endedCount) * workingMs;
  }
  const meanMs = endedCount === 0 ? 0 : endedAudioMs / endedCount;
  const leftMs = running.reduce(
    (sum, { doneMs: partMs, totalMs = meanMs }) => sum + Math.max(0, totalMs - partMs),
    waiting * meanMs,
  );
  return leftMs / (doneMs / workingMs);
}
