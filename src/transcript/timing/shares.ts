/** Shares out voiced time among pieces of text, in proportion, with the borders at pauses. */
import type { Interval } from "../transcript.ts";
import { createTimeMap, type TimeMap } from "./time-map.ts";

/** Voiced time end to end, and where in it there are pauses. */
export interface Voiced {
  readonly map: TimeMap;
  /** In order; places of the voiced time at which nobody speaks for a while. */
  readonly pauses: readonly { readonly atMs: number; readonly lengthMs: number }[];
}

/** A border may lie so far from where the weights put it: half a piece, and more the more precede. */
const NEAR_MS = 400;
const DRIFT_SHARE = 0.25;
/** Places between pauses that are tried, to either side. */
const STEPS = 6;
/** How much longer or shorter than its share a piece may well be. */
const SPREAD_SHARE = 0.2;
const SPREAD_MS = 60;
/** A pause of this length is worth a deviation by the spread; longer ones more, up to the end. */
const WORTHY_PAUSE_MS = 200;
const BEST_PAUSE_MS = 800;

/** Where a border may lie, and the best way there. */
interface Place {
  readonly atMs: number;
  readonly cost: number;
  readonly before?: Place;
}

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
 * Divides a stretch of voiced time: of all ways to lay the borders the one whose pieces are most
 * nearly as long as their weights say while the borders lie in pauses, the longer the better.
 *
 * @param weights above 0
 * @returns one interval for each weight, in voiced time, end to end
 */
export function shareOut(
  { pauses }: Voiced,
  { startMs, endMs }: Interval,
  weights: readonly number[],
): Interval[] {
  const perWeight = (endMs - startMs) / weights.reduce((sum, weight) => sum + weight, 0);
  const meanMs = (endMs - startMs) / weights.length;
  let places: readonly Place[] = [{ atMs: startMs, cost: 0 }];
  let passed = 0;
  for (const [index, weight] of weights.entries()) {
    passed += weight;
    const left = weights.length - index - 1;
    const driftMs = DRIFT_SHARE * meanMs * Math.sqrt(Math.min(index + 1, left));
    const nearMs = Math.max(Math.min(NEAR_MS, meanMs / 2), driftMs);
    const expectedMs = startMs + passed * perWeight;
    const candidates =
      left === 0
        ? [{ atMs: endMs, gain: 0 }]
        : candidatesAround(pauses, expectedMs, nearMs, { startMs, endMs });
    const before = places;
    places = candidates.flatMap(({ atMs, gain }) => {
      const best = bestWay(before, atMs, weight * perWeight);
      return best === undefined ? [] : [{ ...best, cost: best.cost - gain }];
    });
  }
  return piecesTo(places[0]);
}

function candidatesAround(
  pauses: Voiced["pauses"],
  expectedMs: number,
  nearMs: number,
  bounds: Interval,
): { atMs: number; gain: number }[] {
  const candidates: { atMs: number; gain: number }[] = [];
  for (let step = -STEPS; step <= STEPS; step++) {
    const atMs = Math.round(expectedMs + (nearMs * step) / STEPS);
    candidates.push({ atMs: Math.min(Math.max(atMs, bounds.startMs), bounds.endMs), gain: 0 });
  }
  for (let index = firstFrom(pauses, expectedMs - nearMs); index < pauses.length; index++) {
    const pause = pauses[index];
    if (pause === undefined || pause.atMs > expectedMs + nearMs) break;
    if (pause.atMs <= bounds.startMs || pause.atMs >= bounds.endMs) continue;
    const gain = Math.min(pause.lengthMs, BEST_PAUSE_MS) / WORTHY_PAUSE_MS;
    candidates.push({ atMs: pause.atMs, gain });
  }
  return candidates;
}

function bestWay(from: readonly Place[], atMs: number, shareMs: number): Place | undefined {
  const spreadMs = SPREAD_SHARE * shareMs + SPREAD_MS;
  let best: Place | undefined;
  for (const before of from) {
    if (before.atMs > atMs) continue;
    const cost = before.cost + ((atMs - before.atMs - shareMs) / spreadMs) ** 2;
    if (best === undefined || cost < best.cost) best = { atMs, cost, before };
  }
  return best;
}

function piecesTo(last: Place | undefined): Interval[] {
  const pieces: Interval[] = [];
  for (let place = last; place?.before !== undefined; place = place.before) {
    pieces.push({ startMs: place.before.atMs, endMs: place.atMs });
  }
  return pieces.reverse();
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
