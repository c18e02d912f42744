/** What must not be cut, besides speech: music, tones, or speech that no detector knows as such. */
import { LevelCounts } from "../../audio/voice/level-counts.ts";
import { LEVEL_MS, type SoundMap } from "../../audio/voice/sound-map.ts";
import { mergeIntervals } from "../../transcript/intervals.ts";
import type { Interval } from "../../transcript/transcript.ts";

/** Speakers pause for less; what a detector passes over for longer is looked at again. */
const LONG_GAP_MS = 3000;
/** A pause in music is at least so long. */
const LEAST_PAUSE_MS = 100;
/** Of the recording's loud tenth: 12 dB below it nothing is going on. */
const LOUD_SHARE = 0.9;
const QUIET_RATIO = 0.25;
const INAUDIBLE_LEVEL = 1e-4;

/**
 * Speech, and what is as loud as speech where nobody was heard for long.
 *
 * @param speech in order, none touches another
 */
export function soundingStretches(
  { durationMs, levels }: SoundMap,
  speech: readonly Interval[],
): Interval[] {
  const sounding = [...speech];
  const limit = loudLevel(levels) * QUIET_RATIO;
  let gapStartMs = 0;
  for (const { startMs, endMs } of [...speech, { startMs: durationMs, endMs: durationMs }]) {
    if (startMs - gapStartMs > LONG_GAP_MS) {
      sounding.push(...loudRuns(levels, { startMs: gapStartMs, endMs: startMs }, limit));
    }
    gapStartMs = endMs;
  }
  return mergeIntervals(sounding);
}

/** The level that a tenth of what can be heard is louder than. */
function loudLevel(levels: Float32Array): number {
  const counts = new LevelCounts();
  for (const level of levels) if (level > INAUDIBLE_LEVEL) counts.add(level);
  return counts.count === 0 ? 0 : 10 ** (counts.decibels(LOUD_SHARE) / 20);
}

/** Loud stretches with all that is too short between them for a pause. */
function loudRuns(levels: Float32Array, gap: Interval, limit: number): Interval[] {
  const runs: { startMs: number; endMs: number }[] = [];
  const last = Math.ceil(gap.endMs / LEVEL_MS);
  for (let index = Math.floor(gap.startMs / LEVEL_MS); index < last; index++) {
    if ((levels[index] ?? 0) <= limit) continue;
    const startMs = Math.max(gap.startMs, index * LEVEL_MS);
    const endMs = Math.min(gap.endMs, (index + 1) * LEVEL_MS);
    const run = runs.at(-1);
    if (run !== undefined && startMs - run.endMs < LEAST_PAUSE_MS) run.endMs = endMs;
    else runs.push({ startMs, endMs });
  }
  return runs;
}
