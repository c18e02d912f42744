/** The audio that is sent, end to end, and where in it nobody speaks. */
import type { SoundMap } from "../../audio/voice/sound-map.ts";
import { createTimeMap, type TimeMap } from "../../transcript/timing/time-map.ts";
import type { Interval } from "../../transcript/transcript.ts";
import { soundingStretches } from "./sounding.ts";
import { speechWithin, voicedStretches } from "./stretches.ts";

/** Between two intervals of speech, or before the first, or after the last. */
export interface Pause extends Interval {
  /** Where silence was left out of it. */
  readonly seamMs?: number;
}

/** Times are of the audio sent; `map` leads to the recording's. */
export interface Timeline {
  readonly lengthMs: number;
  readonly map: TimeMap;
  /** In order; none empty. */
  readonly pauses: readonly Pause[];
}

/** @param skipSilence leave long silences out */
export function createTimeline(sound: SoundMap, skipSilence: boolean): Timeline {
  const speech = speechWithin(sound);
  const stretches = skipSilence
    ? voicedStretches(speech, sound.durationMs)
    : [{ startMs: 0, endMs: sound.durationMs }];
  const map = createTimeMap(stretches);
  const pauses: Pause[] = [];
  let spokenToMs = 0;
  let seamMs: number | undefined;
  function addPause(endMs: number): void {
    if (endMs <= spokenToMs) return;
    pauses.push({ startMs: spokenToMs, endMs, ...(seamMs === undefined ? {} : { seamMs }) });
  }
  let stretchIndex = 0;
  let offsetMs = 0;
  const sounding = skipSilence ? speech : soundingStretches(sound, speech);
  for (const { startMs, endMs } of sounding) {
    seamMs = undefined;
    for (
      let stretch = stretches[stretchIndex];
      stretch !== undefined && stretch.endMs < endMs;
      stretch = stretches[++stretchIndex]
    ) {
      offsetMs += stretch.endMs - stretch.startMs;
      seamMs = offsetMs;
    }
    const shiftMs = offsetMs - (stretches[stretchIndex]?.startMs ?? 0);
    addPause(startMs + shiftMs);
    spokenToMs = endMs + shiftMs;
  }
  seamMs = undefined;
  addPause(map.lengthMs);
  return { lengthMs: map.lengthMs, map, pauses };
}
