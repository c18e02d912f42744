/** Shares out voiced time among pieces of text, in proportion, with the borders at pauses. */
import type { Interval } from "../../transcript/transcript.ts";
import { createTimeMap, type TimeMap } from "./time-map.ts";

/** Voiced time end to end, and where in it there are pauses. */
export interface Voiced {
  readonly map: TimeMap;
  /** In order; places of the voiced time at which nobody speaks for a while. */
  readonly pauses: readonly { readonly atMs: number; readonly lengthMs: number }[];
}

/** A border is drawn to a pause that is so near, but never over half of what it divides. */
const NEAR_MS = 400;
const NEAR_SHARE = 0.15;
/** A pause is worth as much of the way to it as it is long, up to this. */
const PAUSE_WORTH = 0.5;

/** @param stretches in order, none touching another */
export function voicedTime(stretches: readonly Interval[]): Voiced {
  const pauses: { atMs: number; lengthMs: number }[] = [];
  let atMs = 0;
  for (const [index, { startMs, endMs }] of stretches.entries()) {
    const before = stretches[index - 1];
    if (before !== undefined) pauses.push({ atMs, lengthMs: startMs - before.endMs });
    atMs += endMs - startMs;
  }
  return { map: createTimeMap(stretches), pauses };
}

/**
 * Divides a stretch of voiced time. A border that was drawn to a pause is where the rest is shared
 * out from: the pace of a speaker shows as one goes along.
 *
 * @returns one interval for each weight, in voiced time, end to end
 */
export function shareOut(
  { pauses }: Voiced,
  { startMs, endMs }: Interval,
  weights: readonly number[],
): Interval[] {
  let restWeight = weights.reduce((sum, weight) => sum + weight, 0);
  let fromMs = startMs;
  return weights.map((weight, index) => {
    const next = weights[index + 1];
    const perWeight = restWeight > 0 ? (endMs - fromMs) / restWeight : 0;
    restWeight -= weight;
    const smallerMs = Math.min(weight, next ?? 0) * perWeight;
    const borderMs = Math.min(fromMs + Math.round(weight * perWeight), endMs);
    const nearMs = Math.max(Math.min(NEAR_MS, smallerMs / 2), smallerMs * NEAR_SHARE);
    const toMs = next === undefined ? endMs : drawn(pauses, borderMs, nearMs, fromMs, endMs);
    const piece = { startMs: fromMs, endMs: toMs };
    fromMs = toMs;
    return piece;
  });
}

/** The best pause around a border: near and long. */
function drawn(
  pauses: Voiced["pauses"],
  borderMs: number,
  nearMs: number,
  fromMs: number,
  endMs: number,
): number {
  let drawnMs = borderMs;
  let leastCost = Number.POSITIVE_INFINITY;
  for (let index = firstFrom(pauses, borderMs - nearMs); index < pauses.length; index++) {
    const pause = pauses[index];
    if (pause === undefined || pause.atMs > borderMs + nearMs || pause.atMs >= endMs) break;
    if (pause.atMs <= fromMs) continue;
    const cost = Math.abs(pause.atMs - borderMs) - Math.min(nearMs, pause.lengthMs) * PAUSE_WORTH;
    if (cost < leastCost) {
      leastCost = cost;
      drawnMs = pause.atMs;
    }
  }
  return drawnMs;
}

function firstFrom(pauses: Voiced["pauses"], atMs: number): number {
  let low = 0;
  let high = pauses.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pauses[middle]?.atMs ?? 0) < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
