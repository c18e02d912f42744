/** Feeds a recording at its own pace, as if it were being spoken. */

/** How often audio is handed on: recorders do so about as often. */
const PIECE_MS = 40;

export interface PaceClock {
  /** Milliseconds that rise. */
  now(): number;
  /** Rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Pace {
  readonly sampleRate: number;
  /** Of one sample of one channel, times the channels. */
  readonly frameBytes: number;
  readonly clock: PaceClock;
  /** Ends a wait. */
  readonly signal?: AbortSignal;
}

/**
 * The same bytes in pieces of 40 ms at most, each when its last frame would have been spoken. Counted
 * from the first piece, so that waits that are a little too long do not add up.
 *
 * @param chunks whole frames
 * @throws the signal's reason as soon as it aborts.
 */
export async function* paced(
  chunks: AsyncIterable<Uint8Array>,
  { sampleRate, frameBytes, clock, signal }: Pace,
): AsyncGenerator<Uint8Array> {
  const pieceBytes = Math.max(1, Math.floor((sampleRate * PIECE_MS) / 1000)) * frameBytes;
  const bytesPerMs = (sampleRate * frameBytes) / 1000;
  let startedMs: number | undefined;
  let positionBytes = 0;
  for await (const chunk of chunks) {
    startedMs ??= clock.now();
    for (let offset = 0; offset < chunk.length; offset += pieceBytes) {
      const piece = chunk.subarray(offset, offset + pieceBytes);
      positionBytes += piece.length;
      const waitMs = startedMs + positionBytes / bytesPerMs - clock.now();
      if (waitMs > 0) await clock.sleep(waitMs, signal);
      yield piece;
    }
  }
}
