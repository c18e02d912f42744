/** Cues by a style: cut at the best places, and timed to be read. */
import { mergeIntervals } from "../transcript/intervals.ts";
import type { Interval } from "../transcript/transcript.ts";
import { cutIntoCues } from "./breaking/cut.ts";
import { createHotwordFinder } from "./breaking/protected.ts";
import type { CueSettings } from "./cue-settings.ts";
import type { Cue, CueMaker } from "./cues.ts";
import { createPassages, type Passage } from "./passages.ts";
import { spokenCue } from "./spoken-cue.ts";
import type { SubtitleStyle } from "./style.ts";
import { createCuePlacer } from "./timing/place-cues.ts";

export function createShapedCues(style: SubtitleStyle, settings: CueSettings): CueMaker {
  const { speakers = "none", hotwords = [], speech = [], areCues = false } = settings;
  const passages = createPassages({
    style,
    speakers,
    areCues,
    hotwords: createHotwordFinder(hotwords),
    speechWithin: createSpeechFinder(mergeIntervals(speech)),
  });
  const placer = createCuePlacer(style, speakers);

  function take(passage: Passage | undefined): void {
    if (passage === undefined) return;
    const { units, voice } = passage;
    const cues = cutIntoCues(units, style).map((cut) => spokenCue(units, cut, voice));
    placer.add(cues);
    passages.shown(voice, cues.at(-1)?.startMs ?? 0);
  }

  return {
    add(segment): readonly Cue[] {
      take(passages.add(segment));
      return placer.release(passages.latestMs(), passages.startMs());
    },
    end() {
      take(passages.end());
      return placer.release(Number.POSITIVE_INFINITY);
    },
  };
}

/** Finds stretches of speech by time; asked in the order of the segments, it never looks back far. */
function createSpeechFinder(
  speech: readonly Interval[],
): (interval: Interval) => readonly Interval[] {
  const starts = speech.map(({ startMs }) => startMs);
  return ({ startMs, endMs }) => {
    let first = firstFrom(starts, startMs);
    // The stretch before may reach into it; none reaches over another.
    if (first > 0) first -= 1;
    return speech.slice(first, firstFrom(starts, endMs));
  };
}

function firstFrom(starts: readonly number[], ms: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
