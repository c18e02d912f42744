/** Where a recording is quietest. */
import { LEVEL_MS } from "./sound-map.ts";

/** As quiet as the quietest: within 3 dB, or below what 16 bits can hold. */
const ALIKE = 2;
const INAUDIBLE_POWER = 1e-9;

/** Mean power around a place of the recording, `reachMs` to either side. */
export type Loudness = (atMs: number, reachMs: number) => number;

/** @param levels RMS of each `LEVEL_MS`; beyond them is silence */
export function createLoudness(levels: Float32Array): Loudness {
  const energy = new Float64Array(levels.length + 1);
  // By index: entries of a million values would be a million objects.
  for (let index = 0; index < levels.length; index++) {
    const level = levels[index] ?? 0;
    energy[index + 1] = (energy[index] ?? 0) + level * level;
  }
  const upTo = (index: number): number => energy[Math.min(Math.max(0, index), levels.length)] ?? 0;
  return (atMs, reachMs) => {
    const from = Math.floor((atMs - reachMs) / LEVEL_MS);
    const to = Math.max(from + 1, Math.ceil((atMs + reachMs) / LEVEL_MS));
    return (upTo(to) - upTo(from)) / (to - from);
  };
}

/**
 * The quietest place between two, both included; of those that are about as quiet, the nearest
 * to `preferredMs`, which lies between them.
 *
 * @param loudnessAt of any place between
 */
export function quietestSpot(
  fromMs: number,
  toMs: number,
  preferredMs: number,
  loudnessAt: (atMs: number) => number,
): number {
  let least = loudnessAt(preferredMs);
  for (let atMs = fromMs; atMs <= toMs; atMs += LEVEL_MS) least = Math.min(least, loudnessAt(atMs));
  const enough = least * ALIKE + INAUDIBLE_POWER;
  if (loudnessAt(preferredMs) <= enough) return preferredMs;
  let nearestMs = Number.POSITIVE_INFINITY;
  for (let atMs = fromMs; atMs <= toMs; atMs += LEVEL_MS) {
    const nearer = Math.abs(atMs - preferredMs) < Math.abs(nearestMs - preferredMs);
    if (nearer && loudnessAt(atMs) <= enough) nearestMs = atMs;
  }
  return nearestMs;
}
