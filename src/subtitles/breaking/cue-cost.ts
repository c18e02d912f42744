/** What a cue costs beside its lines: how it ends, how long it stays, how much is in it. */
import { readingMs } from "../measure.ts";
import { minGapMs, type SubtitleStyle } from "../style.ts";
import type { RunMetrics } from "./metrics.ts";

/** Fewer cues are quieter to read. */
const EACH = 40;
/** A break between cues is further apart than one between lines. */
const BREAK_SHARE = 1.2;
/** BBC, 3.2: a single sentence a cue, where there is time for one. */
const SENTENCE_INSIDE = 60;
const TOO_SHORT = 300;
const TOO_FAST = 100;
/** It ends within a clause, although another ends in it. */
const TORN = 60;
/** A scrap of a sentence. */
const SCRAP = 110;
const SCRAP_SHARE = 0.22;

export function cueCost(
  metrics: RunMetrics,
  from: number,
  to: number,
  style: SubtitleStyle,
): number {
  const columns = metrics.columns(from, to);
  return (
    EACH +
    metrics.breakCost(to - 1) * BREAK_SHARE +
    metrics.sentencesInside(from, to) * SENTENCE_INSIDE +
    metrics.pauseCost(from, to) +
    (metrics.endsClause(to - 1) || !metrics.holdsClauseEnd(from, to) ? 0 : TORN) +
    hurryCost(metrics, from, to, columns, style) +
    scrapCost(metrics, from, to, columns, style)
  );
}

/** How much less time there is, up to the next cue, than it takes to see and to read this one. */
function hurryCost(
  metrics: RunMetrics,
  from: number,
  to: number,
  columns: number,
  style: SubtitleStyle,
): number {
  const isLast = to === metrics.units.length;
  const untilMs = isLast
    ? metrics.endMs(to - 1) + style.lingerMs
    : metrics.startMs(to) - minGapMs(style);
  const thereMs = Math.max(0, untilMs - metrics.startMs(from));
  return (
    lack(thereMs, style.minDurationMs ?? 0) * TOO_SHORT +
    lack(thereMs, readingMs(columns, style)) * TOO_FAST
  );
}

/** 0: enough, 1: nothing at all. */
function lack(thereMs: number, neededMs: number): number {
  return thereMs >= neededMs ? 0 : 1 - thereMs / neededMs;
}

function scrapCost(
  metrics: RunMetrics,
  from: number,
  to: number,
  columns: number,
  { maxLine, columnsPerCharacter }: SubtitleStyle,
): number {
  if (maxLine === undefined || columns >= maxLine * columnsPerCharacter * SCRAP_SHARE) return 0;
  const { units } = metrics;
  const startsSentence = from === 0 || units[from - 1]?.after.ends === "sentence";
  const endsSentence = units[to - 1]?.after.ends === "sentence";
  return startsSentence && endsSentence ? 0 : SCRAP;
}
