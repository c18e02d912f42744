/** The sound map of a recording by the detector that it needs. */
import type { Recording } from "../types.ts";
import { buildSoundMap, type ListeningOptions } from "./build-sound-map.ts";
import { EnergyScorer } from "./energy.ts";
import { FLOOR_DECIBELS, LevelCounts } from "./level-counts.ts";
import type { SpeechModel, SpeechModelName } from "./model.ts";
import { LEVEL_MS, type SoundMap } from "./sound-map.ts";

/** From here on what lies between words is silence for any detector. */
const CLEAR_DECIBELS = 25;
/** Of the time that both passes take, by energy first. */
const QUICK_SHARE = 0.2;
/** So much of what is no speech must be there to judge by. */
const LEAST_SILENCE_MS = 1000;

/** A sound map, and who listened for it in the end. */
export interface HeardSound extends SoundMap {
  readonly detector: SpeechModelName;
}

/**
 * Listens by energy alone, which is quick and small; where noise is too near to the voices for that,
 * a second time with the model that knows voices.
 *
 * @param careful loads that model; not called where it is not needed
 * @param options `onProgress` is told of both passes as of one: it ends early where one is enough
 * @throws AsrError kind "audio" where the recording can't be read or decoded; the signal's reason.
 */
export async function mapSound(
  recording: Recording,
  careful: () => Promise<SpeechModel>,
  options: ListeningOptions = {},
): Promise<HeardSound> {
  const { onProgress = () => {} } = options;
  const quick: HeardSound = {
    ...(await buildSoundMap(recording, new EnergyScorer(), {
      ...options,
      onProgress: (audioMs) => onProgress(Math.round(audioMs * QUICK_SHARE)),
    })),
    detector: "energy",
  };
  if (isClear(quick)) return quick;
  const model = await careful();
  if (model.name === "energy") return quick;
  const behindMs = quick.durationMs * QUICK_SHARE;
  const map = await buildSoundMap(recording, model.scorer(), {
    ...options,
    onProgress: (audioMs) => onProgress(Math.round(behindMs + audioMs * (1 - QUICK_SHARE))),
  });
  return { ...map, detector: model.name };
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
