/** Where a recording is loud and where somebody speaks: what cutting it goes by. */
import type { SpeechInterval } from "./detector.ts";

/** What one loudness value stands for. */
export const LEVEL_MS = 10;

export interface SoundMap {
  readonly durationMs: number;
  /** In order, none touches another. */
  readonly speech: readonly SpeechInterval[];
  /** RMS of each `LEVEL_MS` of the mixed channels, full scale 1. */
  readonly levels: Float32Array;
}
