/** Times of the units of a segment: from its words, else by where somebody speaks and by length. */
import { voicedWithin } from "../../transcript/timing/place.ts";
import { shareOut, type Voiced, voicedTime } from "../../transcript/timing/shares.ts";
import { speechWeight } from "../../transcript/timing/speech-weight.ts";
import type { Interval } from "../../transcript/transcript.ts";
import type { BreakUnit } from "../breaking/units.ts";
import { type PlacedWord, placedWords, type SaidText } from "./word-times.ts";

/** A unit with the time in which it is said. */
export interface TimedUnit extends BreakUnit {
  readonly startMs: number;
  readonly endMs: number;
  /** True where a recogniser measured it: a pause before or after it is one. */
  readonly measured: boolean;
}

/** @param speech of the recording; may be empty */
export function timedUnits(
  units: readonly BreakUnit[],
  said: SaidText,
  speech: readonly Interval[],
): TimedUnit[] {
  const placed = placedWords(said);
  return placed.length === 0 ? byVoice(units, said, speech) : byWords(units, placed, said);
}

function byVoice(
  units: readonly BreakUnit[],
  bounds: Interval,
  speech: readonly Interval[],
): TimedUnit[] {
  if (units.length === 0) return [];
  const weights = units.map(({ inside }) => speechWeight(inside));
  const voiced = voicedTime(voicedWithin(bounds, speech, weights));
  const whole = { startMs: 0, endMs: voiced.map.lengthMs };
  const shares =
    voiced.pauses.length === 0 ? inProportion(whole, weights) : byClauses(units, voiced, weights);
  return units.map((unit, index) => {
    const share = shares[index] ?? whole;
    return { ...unit, ...voiced.map.interval(share), measured: false };
  });
}

/** Clauses first, their borders at pauses, then the units of each. */
function byClauses(
  units: readonly BreakUnit[],
  voiced: Voiced,
  weights: readonly number[],
): Interval[] {
  const clauses: number[][] = [[]];
  for (const [index, { after }] of units.entries()) {
    clauses.at(-1)?.push(weights[index] ?? 0);
    if (after.ends !== "nothing" && index < units.length - 1) clauses.push([]);
  }
  const sums = clauses.map((clause) => clause.reduce((sum, weight) => sum + weight, 0));
  const whole = { startMs: 0, endMs: voiced.map.lengthMs };
  return shareOut(voiced, whole, sums).flatMap((share, index) =>
    shareOut(voiced, share, clauses[index] ?? []),
  );
}

/** Without a pause to be guided by. */
function inProportion({ startMs, endMs }: Interval, weights: readonly number[]): Interval[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  let passed = 0;
  let fromMs = startMs;
  return weights.map((weight) => {
    passed += weight;
    const toMs = Math.round(startMs + ((endMs - startMs) * passed) / sum);
    const share = { startMs: fromMs, endMs: toMs };
    fromMs = toMs;
    return share;
  });
}

function byWords(
  units: readonly BreakUnit[],
  words: readonly PlacedWord[],
  bounds: Interval,
): TimedUnit[] {
  const known = measuredTimes(units, words);
  const timed: TimedUnit[] = [];
  let beforeMs = bounds.startMs;
  for (let from = 0; from < units.length; ) {
    const interval = known[from];
    if (interval !== undefined) {
      const unit = units[from];
      if (unit !== undefined) timed.push({ ...unit, ...interval, measured: true });
      beforeMs = interval.endMs;
      from += 1;
      continue;
    }
    // Units that no word tells of share the time between those around them.
    let to = from;
    while (to < units.length && known[to] === undefined) to += 1;
    const gap = { startMs: beforeMs, endMs: known[to]?.startMs ?? bounds.endMs };
    timed.push(...byVoice(units.slice(from, to), gap, []));
    from = to;
  }
  return timed;
}

function measuredTimes(
  units: readonly BreakUnit[],
  words: readonly PlacedWord[],
): (Interval | undefined)[] {
  let first = 0;
  return units.map((unit) => {
    while ((words[first]?.end ?? Number.POSITIVE_INFINITY) <= unit.start) first += 1;
    let times: Interval | undefined;
    for (let index = first; index < words.length; index += 1) {
      const word = words[index];
      if (word === undefined || word.start >= unit.end) break;
      const part = partOf(word, unit);
      times = { startMs: times?.startMs ?? part.startMs, endMs: part.endMs };
    }
    return times;
  });
}

/** The share of a word's time that falls to a unit that holds only a part of it. */
function partOf({ start, end, startMs, endMs }: PlacedWord, unit: BreakUnit): Interval {
  const at = (offset: number): number =>
    Math.round(startMs + ((endMs - startMs) * (offset - start)) / (end - start));
  return { startMs: at(Math.max(start, unit.start)), endMs: at(Math.min(end, unit.end)) };
}
