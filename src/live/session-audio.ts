/** The audio of one session, slice by slice, until it is to end. */
import type { Clock, SessionLimits } from "../providers/contract.ts";
import type { ResendableAudio } from "./feed.ts";
import { quietestSpotOf } from "./quietest-spot.ts";
import { sessionEnd } from "./session-cut.ts";

/** What slices are multiples of. */
const UNIT_MS = 20;
/** Nothing to send for so long: the session is ended before the vendor takes it for lost. */
export const IDLE_MS = 4_000;
/** Longer than the idle time can be found only by a clock that stood still meanwhile. */
const ASLEEP_MS = IDLE_MS + 1_500;
/** Where nobody has paused: so much is looked at for its quietest spot before it is sent. */
const SPOT_SEARCH_MS = 1_500;

/** How a vendor wants its slices. */
export interface SliceShape {
  readonly sliceMs: number;
  readonly maxSliceMs: number;
  readonly limits: SessionLimits;
}

/**
 * A stretch of the stream that one session recognises; where that fails, another one what is left
 * of it. Where it ends is settled once, while it is handed out.
 */
export interface Stretch {
  /** Nothing before is left to be recognised. */
  fromMs: number;
  /** How far it was handed out. */
  sentMs: number;
  /** Settled as soon as the place has come. */
  endMs: number | undefined;
  /** The computer slept, or the program was stopped: the vendor has given the session up. */
  wasInterrupted: boolean;
}

/** @returns The longest slice of so many bytes. */
export function longestSliceMs(maxBytes: number, sampleRate: number, sampleBytes: number): number {
  const ms = (maxBytes * 1000) / (sampleRate * sampleBytes);
  return Math.max(UNIT_MS, ms - (ms % UNIT_MS));
}

/**
 * Slices as they are asked for: one is at least `sliceMs` long, and where the vendor was slower than
 * the audio, all that has come meanwhile and fits. Ends with the stretch; where audio stops coming
 * it is the stretch that ends.
 *
 * @param onSent told when one is about to be handed out
 */
export async function* sessionSlices(
  audio: ResendableAudio,
  stretch: Stretch,
  shape: SliceShape,
  clock: Clock,
  signal: AbortSignal,
  onSent: () => void,
): AsyncGenerator<Uint8Array, void> {
  const startMs = stretch.fromMs;
  stretch.sentMs = startMs;
  for (;;) {
    const untilMs = await nextUntil(audio, stretch, startMs, shape, clock, signal);
    const { sentMs } = stretch;
    if (untilMs > sentMs) {
      const slice = audio.bytes(sentMs, untilMs);
      stretch.sentMs = untilMs;
      onSent();
      yield slice;
    }
    if (stretch.endMs !== undefined && stretch.sentMs >= stretch.endMs) return;
  }
}

/** How far the next slice goes; where that is no further, the stretch has ended. */
async function nextUntil(
  audio: ResendableAudio,
  stretch: Stretch,
  startMs: number,
  shape: SliceShape,
  clock: Clock,
  signal: AbortSignal,
): Promise<number> {
  const { sentMs } = stretch;
  const askedAtMs = clock.now();
  const idle = new Idle(clock);
  try {
    for (;;) {
      settleEnd(audio, stretch, startMs, shape.limits);
      if (clock.now() - askedAtMs >= ASLEEP_MS) {
        stretch.wasInterrupted = true;
        stretch.endMs ??= sentMs;
      }
      const untilMs = readyUntil(audio, stretch, startMs, shape);
      if (untilMs !== undefined) return untilMs;
      if (idle.isOver) {
        // Less than a slice came meanwhile: it goes with the end.
        stretch.endMs ??= audio.endMs;
        return Math.max(sentMs, stretch.endMs);
      }
      await idle.race(audio.past(audio.endMs, signal));
    }
  } finally {
    idle.stop();
  }
}

function settleEnd(
  audio: ResendableAudio,
  stretch: Stretch,
  startMs: number,
  limits: SessionLimits,
): void {
  const { sentMs } = stretch;
  // Let go although it was not sent: what is left belongs to the next stretch.
  if (audio.keptFromMs > sentMs) stretch.endMs = sentMs;
  if (stretch.endMs !== undefined) return;
  const limitMs = startMs + limits.maxMs;
  const endMs = sessionEnd(audio, { startMs, sentMs }, limits);
  if (endMs !== undefined && endMs <= limitMs) stretch.endMs = endMs;
  else if (audio.endMs >= limitMs) {
    const searchMs = Math.max(sentMs, limitMs - SPOT_SEARCH_MS);
    stretch.endMs = Math.floor(quietestSpotOf(audio, searchMs, limitMs));
  }
  if (audio.ended) stretch.endMs ??= audio.endMs;
}

function readyUntil(
  audio: ResendableAudio,
  { sentMs, endMs }: Stretch,
  startMs: number,
  { sliceMs, maxSliceMs, limits }: SliceShape,
): number | undefined {
  if (endMs !== undefined && endMs <= sentMs) return sentMs;
  const heldMs = endMs ?? Math.max(sentMs, startMs + limits.maxMs - SPOT_SEARCH_MS);
  const availableMs = Math.min(audio.endMs, heldMs, sentMs + maxSliceMs);
  if (availableMs === endMs) return endMs;
  const wholeMs = availableMs - sentMs - ((availableMs - sentMs) % UNIT_MS);
  return wholeMs >= Math.min(sliceMs, maxSliceMs) ? sentMs + wholeMs : undefined;
}

/** Runs out once. */
class Idle {
  readonly #cancel = new AbortController();
  readonly #clock: Clock;
  #sleep: Promise<void> | undefined;
  isOver = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Until the wait is over or the time is. */
  async race(wait: Promise<void>): Promise<void> {
    this.#sleep ??= this.#clock.sleep(IDLE_MS, this.#cancel.signal).then(
      () => {
        this.isOver = true;
      },
      () => {},
    );
    await Promise.race([wait, this.#sleep]);
  }

  stop(): void {
    this.#cancel.abort();
  }
}
