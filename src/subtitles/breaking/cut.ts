/**
 * Cuts a run of units into cues, and each cue into lines: of all ways that keep to the style the
 * one of the least cost (Knuth and Plass, "Breaking Paragraphs into Lines", 1981, with cues for
 * pages). Costs are those of `break-cost.ts`.
 */
import type { SubtitleStyle } from "../style.ts";
import type { TimedUnit } from "../timing/unit-times.ts";
import { cueCost } from "./cue-cost.ts";
import { createLineCutter } from "./line-cut.ts";
import { createMetrics, type RunMetrics } from "./metrics.ts";

/** Units from `from` up to before `to`, as lines: where each ends, the last with the cue. */
export interface CueCut {
  readonly from: number;
  readonly to: number;
  readonly lineEnds: readonly number[];
}

/** The cuts from the first unit to the last; none for no units. */
export function cutIntoCues(units: readonly TimedUnit[], style: SubtitleStyle): CueCut[] {
  const metrics = createMetrics(units);
  const lines = createLineCutter(metrics, style);
  // By the unit before which a cue ends: the cost of all up to there, and where that cue begins.
  const costs = new Float64Array(units.length + 1);
  const begins = new Int32Array(units.length + 1);
  for (let to = 1; to <= units.length; to += 1) {
    let bestCost = Number.POSITIVE_INFINITY;
    for (let from = to - 1; from >= 0; from -= 1) {
      if (!isWithin(metrics, from, to, style)) break;
      const before = costs[from] ?? 0;
      // No cost is negative.
      if (before >= bestCost) continue;
      const cost = before + cueCost(metrics, from, to, style) + lines.costOf(from, to);
      if (cost >= bestCost) continue;
      bestCost = cost;
      begins[to] = from;
    }
    costs[to] = bestCost;
  }
  const cuts: CueCut[] = [];
  for (let to = units.length; to > 0; ) {
    const from = begins[to] ?? 0;
    cuts.push({ from, to, lineEnds: lines.linesOf(from, to) });
    to = from;
  }
  return cuts.reverse();
}

/** The cost of one way, as {@link cutIntoCues} counts it; infinite where it breaks a limit. */
export function costOfCuts(
  units: readonly TimedUnit[],
  cuts: readonly CueCut[],
  style: SubtitleStyle,
): number {
  const metrics = createMetrics(units);
  const lines = createLineCutter(metrics, style);
  return cuts.reduce((sum, { from, to, lineEnds }) => {
    if (!isWithin(metrics, from, to, style)) return Number.POSITIVE_INFINITY;
    return sum + lines.costOfLines(from, lineEnds) + cueCost(metrics, from, to, style);
  }, 0);
}

/** Whether units may share a cue: by their width and the time in which they are said. */
function isWithin(metrics: RunMetrics, from: number, to: number, style: SubtitleStyle): boolean {
  if (to - from === 1) return true;
  const { maxLine, maxLines, maxDurationMs, columnsPerCharacter } = style;
  if (maxLine !== undefined && maxLines !== undefined) {
    const most = maxLine * maxLines * columnsPerCharacter;
    if (metrics.leastColumns(from, to, maxLines) > most) return false;
  }
  return maxDurationMs === undefined || metrics.spokenMs(from, to) <= maxDurationMs;
}
