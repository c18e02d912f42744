/** The sound map of a recording by the detector that it needs. */
import type { Recording } from "../types.ts";
import { buildSoundMap, type ListeningOptions } from "./build-sound-map.ts";
import { EnergyScorer } from "./energy.ts";
import { FLOOR_DECIBELS, LevelCounts } from "./level-counts.ts";
import type { SpeechModel } from "./model.ts";
import { LEVEL_MS, type SoundMap } from "./sound-map.ts";

/** From here on what lies between words is silence for any detector. */
const CLEAR_DECIBELS = 25;
/** So much of what is no speech must be there to judge by. */
const LEAST_SILENCE_MS = 1000;

/**
 * Listens by energy alone, which is quick and small; where noise is too near to the voices for that,
 * a second time with the model that knows voices.
 *
 * @param careful loads that model; not called where it is not needed
 * @throws AsrError kind "audio" where the recording can't be read or decoded; the signal's reason.
 */
export async function mapSound(
  recording: Recording,
  careful: () => Promise<SpeechModel>,
  options: ListeningOptions = {},
): Promise<SoundMap> {
  const map = await buildSoundMap(recording, new EnergyScorer(), options);
  if (isClear(map)) return map;
  const model = await careful();
  return model.name === "energy" ? map : buildSoundMap(recording, model.scorer(), options);
}

/** Whether the silences of a map are far below its speech. */
export function isClear({ durationMs, speech, levels }: SoundMap): boolean {
  const voiced = new LevelCounts();
  const silent = new LevelCounts();
  let next = 0;
  for (let index = 0; index < levels.length; index++) {
    const atMs = index * LEVEL_MS;
    while (next < speech.length && (speech[next]?.endMs ?? durationMs) <= atMs) next += 1;
    const isVoiced = atMs >= (speech[next]?.startMs ?? Number.POSITIVE_INFINITY);
    (isVoiced ? voiced : silent).add(levels[index] ?? 0);
  }
  if (voiced.count === 0) return silent.decibels(0.5) <= FLOOR_DECIBELS;
  if (silent.count * LEVEL_MS < LEAST_SILENCE_MS) return false;
  return voiced.decibels(0.5) - silent.decibels(0.5) >= CLEAR_DECIBELS;
}
