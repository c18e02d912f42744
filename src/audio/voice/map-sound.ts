/** The sound map of a recording by the detector that it needs. */
import type { Recording } from "../types.ts";
import { buildSoundMap, type ListeningOptions } from "./build-sound-map.ts";
import { EnergyScorer } from "./energy.ts";
import type { SpeechModel } from "./model.ts";
import { LEVEL_MS, type SoundMap } from "./sound-map.ts";

/** From here on what lies between words is silence for any detector. */
const CLEAR_DECIBELS = 25;
/** So much of what is no speech must be there to judge by. */
const LEAST_SILENCE_MS = 1000;
/** Nothing is heard at all: the noise of 16 bits. */
const INAUDIBLE_LEVEL = 1e-4;

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
  const voiced: number[] = [];
  const silent: number[] = [];
  let next = 0;
  for (const [index, level] of levels.entries()) {
    const atMs = index * LEVEL_MS;
    while ((speech[next]?.endMs ?? durationMs) <= atMs && next < speech.length) next += 1;
    const isVoiced = atMs >= (speech[next]?.startMs ?? Number.POSITIVE_INFINITY);
    (isVoiced ? voiced : silent).push(level);
  }
  if (voiced.length === 0) return levels.every((level) => level <= INAUDIBLE_LEVEL);
  if (silent.length * LEVEL_MS < LEAST_SILENCE_MS) return false;
  const noise = Math.max(INAUDIBLE_LEVEL, median(silent));
  return 20 * Math.log10(median(voiced) / noise) >= CLEAR_DECIBELS;
}

function median(values: readonly number[]): number {
  return Float32Array.from(values).sort()[values.length >> 1] ?? 0;
}
