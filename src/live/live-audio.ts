/** Live audio as the rest of this room sees it: what has come, and where in it somebody speaks. */
import type { SpeechInterval } from "../audio/voice/detector.ts";

/** Mono samples (s16le or f32le), growing at one end and let go at the other. */
export interface LiveAudio {
  /** In Hz. */
  readonly sampleRate: number;
  readonly encoding: "s16le" | "f32le";
  /** How much has come and has been listened to, in milliseconds. */
  readonly endMs: number;
  /**
   * What lies before was let go: released, or lost because nobody came for it in time (the user has
   * been told). Whoever finds it beyond what is still to be recognised goes on from there.
   */
  readonly keptFromMs: number;
  /** True once nothing more will come. */
  readonly ended: boolean;
  /** When the last of it came (clock milliseconds): what a lag is measured from. */
  readonly arrivedAtMs: number;
  /** Speech that is over, in order, as far back as it is kept. */
  readonly speech: readonly SpeechInterval[];
  /** Where the speech began that is not over yet. */
  readonly openSinceMs: number | undefined;
  /**
   * The bytes of a stretch; a copy.
   *
   * @throws RangeError where some of it was let go, or has not come.
   */
  bytes(startMs: number, endMs: number): Uint8Array;
  /** Resolves when more than `ms` has come, or nothing more will. Aborted: the signal's reason. */
  past(ms: number, signal: AbortSignal): Promise<void>;
  /** Nobody will ask for what lies before. */
  release(beforeMs: number): void;
}
