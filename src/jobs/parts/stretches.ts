/** What is left of a recording where its long silences are not sent. */
import type { SoundMap } from "../../audio/voice/sound-map.ts";
import { mergeIntervals } from "../../transcript/intervals.ts";
import type { Interval } from "../../transcript/transcript.ts";

/** Kept around speech: a recogniser wants to hear where it begins and ends. */
const PADDING_MS = 300;
/** Shorter silences are sent: they tell sentences apart and cost little. */
const LONG_SILENCE_MS = 1000;

/** The speech of a recording in order, within its bounds; none touches another. */
export function speechWithin({ durationMs, speech }: SoundMap): Interval[] {
  const within = speech.map(({ startMs, endMs }) => ({
    startMs: Math.max(0, startMs),
    endMs: Math.min(durationMs, endMs),
  }));
  return mergeIntervals(within.filter(({ startMs, endMs }) => startMs < endMs));
}

/** The speech with a little silence around it. @param speech as of {@link speechWithin} */
export function voicedStretches(speech: readonly Interval[], durationMs: number): Interval[] {
  const groups: { startMs: number; endMs: number }[] = [];
  for (const { startMs, endMs } of speech) {
    const last = groups.at(-1);
    if (last !== undefined && startMs - last.endMs <= LONG_SILENCE_MS) last.endMs = endMs;
    else groups.push({ startMs, endMs });
  }
  return groups.map(({ startMs, endMs }) => ({
    startMs: Math.max(0, startMs - PADDING_MS),
    endMs: Math.min(durationMs, endMs + PADDING_MS),
  }));
}
