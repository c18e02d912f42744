/** Sums over a run of units, so that any stretch of it is measured at once. */

import type { TimedUnit } from "../timing/unit-times.ts";
import { orphanColumns } from "../weak-words.ts";

export interface RunMetrics {
  readonly units: readonly TimedUnit[];
  /** Columns of units `from` up to before `to` as one line; infinite where two speak. */
  lineColumns(from: number, to: number): number;
  /** Columns of units `from` up to before `to`, whatever their lines. */
  columns(from: number, to: number): number;
  /** No lines of these units, so many at most, are narrower together. */
  leastColumns(from: number, to: number, lines: number): number;
  /** Whether these units, as one line, are a single short word. */
  isOrphan(from: number, to: number): boolean;
  /** Whether a clause, a sentence or a segment ends with a unit. */
  endsClause(unit: number): boolean;
  /** Whether a clause or a sentence ends between these units. */
  holdsClauseEnd(from: number, to: number): boolean;
  /** Sentences that end before the last of these units. */
  sentencesInside(from: number, to: number): number;
  /** Cost of the pauses that lie between these units. */
  pauseCost(from: number, to: number): number;
  /**
   * How long it takes to say these units. Where nobody measured it, a stretch is not believed to be
   * spoken slower than anybody speaks: a short text in a long segment is said somewhere in it.
   */
  spokenMs(from: number, to: number): number;
  /** Of a break after a unit: a pause makes it a better one. */
  breakCost(unit: number): number;
  startMs(unit: number): number;
  endMs(unit: number): number;
}

/** A short word is not made of more. */
const MOST_ORPHAN_UNITS = 3;

/** A pause of this length is heard; the longer it is, the better a break there. */
const HEARD_MS = 150;
const GAIN_PER_MS = 0.15;
const MOST_GAIN = 90;
/** What is shown before it is said gives it away. */
const LONG_MS = 500;
const COST_PER_MS = 0.1;
const VERY_LONG_MS = 2000;
const VERY_LONG_COST = 400;

/** Three letters, or one and a half full-width characters, a second: nobody speaks as slowly. */
const SLOWEST_MS_PER_COLUMN = 300;

export function createMetrics(units: readonly TimedUnit[]): RunMetrics {
  const count = units.length;
  const columns = new Int32Array(count + 1);
  const loss = new Int32Array(count);
  const sentences = new Int32Array(count + 1);
  const clauses = new Int32Array(count + 1);
  const pauses = new Float64Array(count + 1);
  const breaks = new Float64Array(count);
  const starts = new Float64Array(count);
  const ends = new Float64Array(count);
  const turns = new Int32Array(count + 1);
  const blanks = new Int32Array(count + 1);
  const measured = new Int32Array(count + 1);
  const marks = new Int32Array(count);
  let mostLoss = 0;
  for (const [index, unit] of units.entries()) {
    const pauseMs = pauseAfter(unit, units[index + 1]);
    columns[index + 1] = (columns[index] ?? 0) + unit.columns;
    loss[index] = unit.columns - unit.endColumns;
    mostLoss = Math.max(mostLoss, unit.columns - unit.endColumns);
    blanks[index + 1] = (blanks[index] ?? 0) + (unit.inside.endsWith(" ") ? 1 : 0);
    measured[index + 1] = (measured[index] ?? 0) + (unit.measured ? 1 : 0);
    marks[index] = /\p{P}+$/u.exec(unit.atEnd)?.[0].length ?? 0;
    sentences[index + 1] = (sentences[index] ?? 0) + (unit.after.ends === "sentence" ? 1 : 0);
    clauses[index + 1] = (clauses[index] ?? 0) + (isMarked(unit) ? 1 : 0);
    turns[index + 1] = (turns[index] ?? 0) + (unit.after.ends === "turn" ? 1 : 0);
    pauses[index + 1] = (pauses[index] ?? 0) + costOfPause(pauseMs);
    breaks[index] = Math.max(0, unit.after.cost - gainOfPause(pauseMs));
    starts[index] = unit.startMs;
    ends[index] = unit.endMs;
  }
  const between = (sums: Int32Array | Float64Array, from: number, to: number): number =>
    (sums[to] ?? 0) - (sums[from] ?? 0);
  const shownColumns = (from: number, to: number): number =>
    between(columns, from, to) - (loss[to - 1] ?? 0);
  const lineColumns = (from: number, to: number): number =>
    between(turns, from, to - 1) > 0 ? Number.POSITIVE_INFINITY : shownColumns(from, to);
  return {
    units,
    columns: shownColumns,
    lineColumns,
    isOrphan(from, to) {
      if (to - from > MOST_ORPHAN_UNITS || between(blanks, from, to - 1) > 0) return false;
      const limit = orphanColumns(units[to - 1]?.atEnd ?? "");
      return lineColumns(from, to) - (marks[to - 1] ?? 0) < limit;
    },
    leastColumns: (from, to, lines) => between(columns, from, to) - lines * mostLoss,
    endsClause: (unit) => units[unit]?.after.ends !== "nothing",
    holdsClauseEnd: (from, to) => between(clauses, from, to - 1) > 0,
    sentencesInside: (from, to) => between(sentences, from, to - 1),
    pauseCost: (from, to) => between(pauses, from, to - 1),
    spokenMs(from, to) {
      const lengthMs = (ends[to - 1] ?? 0) - (starts[from] ?? 0);
      if (between(measured, from, to) > 0) return lengthMs;
      return Math.min(lengthMs, between(columns, from, to) * SLOWEST_MS_PER_COLUMN);
    },
    breakCost: (unit) => breaks[unit] ?? 0,
    startMs: (unit) => starts[unit] ?? 0,
    endMs: (unit) => ends[unit] ?? 0,
  };
}

function isMarked({ after: { ends } }: TimedUnit): boolean {
  return ends === "sentence" || ends === "clause" || ends === "turn";
}

function pauseAfter(unit: TimedUnit, next: TimedUnit | undefined): number {
  return next === undefined ? 0 : next.startMs - unit.endMs;
}

function gainOfPause(ms: number): number {
  return ms < HEARD_MS ? 0 : Math.min(MOST_GAIN, ms * GAIN_PER_MS);
}

function costOfPause(ms: number): number {
  if (ms <= LONG_MS) return 0;
  return (ms - LONG_MS) * COST_PER_MS + (ms > VERY_LONG_MS ? VERY_LONG_COST : 0);
}
