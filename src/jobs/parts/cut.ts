/** Cuts a recording into parts that a provider takes. Pure. */

import { createLoudness } from "../../audio/voice/quiet.ts";
import type { SoundMap } from "../../audio/voice/sound-map.ts";
import { type Cut, type CutSearch, createCutSearch } from "./cut-search.ts";
import type { AudioPart, PartRules } from "./part.ts";
import { createTimeline } from "./timeline.ts";

/** So many of the last parts are made about equally long: no request for a leftover second. */
const EVENED_PARTS = 8;

/**
 * Parts in order, each with at most `maxMs` of audio. They are cut in pauses, the longer ones
 * where there is a choice, at the quietest spot; what no detector calls speech (music) is cut where
 * it is quietest. Only speech that goes on for a whole part is cut as it is, and the part after it
 * begins up to 2 s before (at most a third of `maxMs`).
 *
 * Without `skipSilence` the parts cover the whole recording; with it, all speech with some silence
 * around: then there may be no part at all.
 *
 * @param rules `maxMs` is an integer of at least 1
 */
export function cutParts(sound: SoundMap, { maxMs, skipSilence }: PartRules): AudioPart[] {
  const timeline = createTimeline(sound, skipSilence);
  const { lengthMs, map } = timeline;
  if (lengthMs === 0) {
    return skipSilence ? [] : [{ pieces: [{ startMs: 0, endMs: 0 }], overlapMs: 0 }];
  }
  const search = createCutSearch(timeline, createLoudness(sound.levels), maxMs);
  const parts: AudioPart[] = [];
  let startMs = 0;
  let overlapMs = 0;
  for (const { endMs, nextMs } of evened(search, lengthMs, maxMs)) {
    parts.push({ pieces: map.stretches({ startMs, endMs }), overlapMs });
    startMs = nextMs;
    overlapMs = endMs - nextMs;
  }
  parts.push({ pieces: map.stretches({ startMs, endMs: lengthMs }), overlapMs });
  return parts;
}

/** The latest cuts, with the last parts evened out where that takes no more of them. */
function evened(search: CutSearch, lengthMs: number, maxMs: number): Cut[] {
  const latest: Cut[] = [];
  for (let fromMs = 0; lengthMs - fromMs > maxMs; fromMs = latest.at(-1)?.nextMs ?? lengthMs) {
    latest.push(search.latest(fromMs));
  }
  const cuts = latest.slice(0, Math.max(0, latest.length + 1 - EVENED_PARTS));
  let fromMs = cuts.at(-1)?.nextMs ?? 0;
  for (let left = latest.length - cuts.length; lengthMs - fromMs > maxMs; left--) {
    const targetMs = fromMs + Math.round((lengthMs - fromMs) / (left + 1));
    const cut = firstThatFits(search.near(fromMs, targetMs), left) ?? search.latest(fromMs);
    cuts.push(cut);
    fromMs = cut.nextMs;
  }
  return cuts;

  function firstThatFits(candidates: Iterable<Cut>, parts: number): Cut | undefined {
    for (const cut of candidates) if (fits(cut.nextMs, parts)) return cut;
    return undefined;
  }

  function fits(startMs: number, parts: number): boolean {
    let restMs = startMs;
    for (let left = parts; left > 1; left--) {
      if (lengthMs - restMs <= maxMs) return true;
      restMs = search.latest(restMs).nextMs;
    }
    return lengthMs - restMs <= maxMs;
  }
}
