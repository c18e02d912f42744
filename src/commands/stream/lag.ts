/** Whether a lag is worth telling: only input at its own pace can be late. */

/** Before that, what a pipe and a recorder held at the start looks like speed. */
const UNSURE_MS = 5_000;
/** So far ahead of the clock no microphone gets: it is a file, or a program that makes audio. */
const AHEAD_MS = 5_000;

export interface LagGate {
  /** So much audio has come. */
  came(durationMs: number): void;
  /** Recognition is behind by so much; 0: no more. */
  lag(lagMs: number): void;
}

/**
 * Hands a lag on once the input has been seen for a while and never was far ahead of the clock.
 *
 * @param now milliseconds that rise
 * @param onLag told the lag, and 0 when it is over, or was none
 */
export function createLagGate(now: () => number, onLag: (lagMs: number) => void): LagGate {
  let startedAtMs: number | undefined;
  let cameAtMs: number | undefined;
  let aheadMs = 0;
  let isFast = false;
  let lagMs = 0;
  let toldMs = 0;

  function tell(): void {
    const isSure = startedAtMs !== undefined && now() - startedAtMs > UNSURE_MS;
    const shownMs = isSure && !isFast ? lagMs : 0;
    if (shownMs === toldMs) return;
    toldMs = shownMs;
    onLag(shownMs);
  }

  return {
    came(durationMs) {
      const nowMs = now();
      startedAtMs ??= nowMs;
      // Never below the clock: a source that paused goes on at its pace.
      aheadMs = Math.max(0, aheadMs - (nowMs - (cameAtMs ?? nowMs))) + durationMs;
      cameAtMs = nowMs;
      isFast ||= aheadMs > AHEAD_MS;
      tell();
    },
    lag(nextMs) {
      lagMs = nextMs;
      tell();
    },
  };
}

/** The same chunks; each is told of by its length as it comes. */
export async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  bytesPerMs: number,
  came: (durationMs: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    came(chunk.length / bytesPerMs);
    yield chunk;
  }
}
