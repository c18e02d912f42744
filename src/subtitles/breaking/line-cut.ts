/** Lays the units of one cue out in lines. */
import type { SubtitleStyle } from "../style.ts";
import type { RunMetrics } from "./metrics.ts";

export interface LineCutter {
  /** Cost of the best lines for units `from` up to before `to`; infinite where they do not fit. */
  costOf(from: number, to: number): number;
  /** Those lines: where each ends, the last with the cue. */
  linesOf(from: number, to: number): number[];
  /** The cost of given lines; infinite where they do not fit. */
  costOfLines(from: number, lineEnds: readonly number[]): number;
}

const BREAK_SHARE = 0.5;
/** One line hides less of the picture (Netflix GR, "Line Treatment": one, unless it is too long). */
const SECOND_LINE = 10;
/** For a line longer than the other by the whole width. */
const BALANCE = {
  "bottom-heavy": { topLonger: 44, bottomLonger: 18 },
  even: { topLonger: 30, bottomLonger: 30 },
} as const;
const ORPHAN = 150;
/** A line break within a clause, where another one stands beside a part of it. */
const TORN = { top: 40, bottom: 70 } as const;
/** Netflix TTSG, "Line Treatment": no one or two words on the upper line. */
const SHORT_TOP = 40;
const SHORT_TOP_SHARE = 0.25;

export function createLineCutter(metrics: RunMetrics, style: SubtitleStyle): LineCutter {
  const { maxLine, maxLines = 1, columnsPerCharacter, balance } = style;
  const width = maxLine === undefined ? Number.POSITIVE_INFINITY : maxLine * columnsPerCharacter;
  const { topLonger, bottomLonger } = BALANCE[balance];
  const shortTop = width * SHORT_TOP_SHARE;

  // A single unit that is too wide is one character: nothing narrower can be shown.
  const fits = (from: number, to: number): boolean =>
    to - from === 1 || metrics.lineColumns(from, to) <= width;

  function tornCost(from: number, at: number, to: number): number {
    if (metrics.endsClause(at - 1)) return 0;
    const top = metrics.holdsClauseEnd(from, at) ? TORN.top : 0;
    return top + (metrics.holdsClauseEnd(at, to) ? TORN.bottom : 0);
  }

  /** Of a line break before unit `at`, with the line before and the line after it. */
  function breakCost(from: number, at: number, to: number): number {
    const top = metrics.lineColumns(from, at);
    const difference = (top - metrics.lineColumns(at, to)) / width;
    return (
      SECOND_LINE +
      metrics.breakCost(at - 1) * BREAK_SHARE +
      tornCost(from, at, to) +
      (difference > 0 ? difference * topLonger : -difference * bottomLonger) +
      (top < shortTop ? SHORT_TOP : 0)
    );
  }

  const orphanCost = (from: number, to: number): number =>
    metrics.isOrphan(from, to) ? ORPHAN : 0;

  /** The best place for the first line to end; 0 where nothing fits. */
  function firstBreak(from: number, to: number, lines: number): { at: number; cost: number } {
    let best = 0;
    let bestCost = Number.POSITIVE_INFINITY;
    for (let at = to - 1; at > from; at -= 1) {
      const isLast = fits(at, to);
      if (!isLast && lines < 3) break;
      if (!fits(from, at)) continue;
      const rest = isLast ? undefined : firstBreak(at, to, lines - 1);
      if (rest?.at === 0) break;
      const cost = breakCost(from, at, rest?.at ?? to) + (rest?.cost ?? orphanCost(at, to));
      if (cost < bestCost) {
        bestCost = cost;
        best = at;
      }
    }
    return { at: best, cost: bestCost };
  }

  return {
    costOf(from, to) {
      if (fits(from, to)) return 0;
      return maxLines < 2 ? Number.POSITIVE_INFINITY : firstBreak(from, to, maxLines).cost;
    },
    linesOf(from, to) {
      const lineEnds: number[] = [];
      let start = from;
      while (!fits(start, to) && lineEnds.length < maxLines - 1) {
        start = firstBreak(start, to, maxLines - lineEnds.length).at;
        lineEnds.push(start);
      }
      return [...lineEnds, to];
    },
    costOfLines(from, lineEnds) {
      if (lineEnds.length > maxLines) return Number.POSITIVE_INFINITY;
      let start = from;
      let cost = 0;
      for (const [index, to] of lineEnds.entries()) {
        if (!fits(start, to)) return Number.POSITIVE_INFINITY;
        const next = lineEnds[index + 1];
        if (next !== undefined) cost += breakCost(start, to, next);
        else if (lineEnds.length > 1) cost += orphanCost(start, to);
        start = to;
      }
      return cost;
    },
  };
}
