/**
 * The rules of subtitles as pure checks of cues: used by the engine's own tests and by `asr lint`.
 */
import { joinTexts } from "../transcript/text.ts";
import type { Cue } from "./cues.ts";
import { isDialogue } from "./dialogue.ts";
import { charactersOf, readingSpeed } from "./measure.ts";
import { endsInDroppedMark } from "./punctuation.ts";
import { minGapMs, type SubtitleStyle } from "./style.ts";
import { isWeakEnd, orphanOf } from "./weak-words.ts";

/** A file that breaks a hard rule is sent back; a soft one is broken where the speech leaves no choice. */
export type Severity = "hard" | "soft";

export type RuleId =
  | "line-length"
  | "line-count"
  | "duration-positive"
  | "overlap"
  | "min-gap"
  | "max-duration"
  | "min-duration"
  | "reading-speed"
  | "short-gap"
  | "needless-break"
  | "orphan"
  | "weak-end"
  | "punctuation";

export interface Rule {
  readonly id: RuleId;
  readonly severity: Severity;
  /** What it asks for, one line. */
  readonly title: string;
  /** Of `measured` and `limit`. */
  readonly unit: "characters" | "lines" | "ms" | "characters/s" | "";
}

const rule = (id: RuleId, severity: Severity, unit: Rule["unit"], title: string): Rule => ({
  id,
  severity,
  unit,
  title,
});

/** In the order of reports. */
export const RULES: readonly Rule[] = [
  rule("line-length", "hard", "characters", "a line is not longer than the style allows"),
  rule("line-count", "hard", "lines", "a cue has not more lines than the style allows"),
  rule("duration-positive", "hard", "ms", "a cue ends after it starts"),
  rule("overlap", "hard", "ms", "a cue starts when the one before has ended"),
  rule("min-gap", "hard", "ms", "there is a least time between two cues"),
  rule("max-duration", "hard", "ms", "a cue does not stay longer than the style allows"),
  rule("min-duration", "soft", "ms", "a cue stays long enough to be seen"),
  rule("reading-speed", "soft", "characters/s", "a cue stays long enough to be read"),
  rule("short-gap", "soft", "ms", "a gap is the least one, or long enough not to flicker"),
  rule("needless-break", "soft", "characters", "what fits on one line stands on one"),
  rule("orphan", "soft", "characters", "the last line is not a single short word"),
  rule("weak-end", "soft", "", "no line ends in a word that belongs to the next"),
  rule(
    "punctuation",
    "soft",
    "",
    "no line ends in a comma or full stop where the style drops them",
  ),
];

const RULE_BY_ID: ReadonlyMap<RuleId, Rule> = new Map(RULES.map((entry) => [entry.id, entry]));

function severityOf(id: RuleId): Severity {
  return RULE_BY_ID.get(id)?.severity ?? "soft";
}

/** A rule that a cue breaks. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** Of the cue, from 1. Of two neighbours it is the later one. */
  readonly cue: number;
  /** In the cue, from 1, where one line is meant. */
  readonly line?: number;
  /** Start of the cue. */
  readonly atMs: number;
  /** What was found, in the rule's unit; undefined where it is not a quantity. */
  readonly measured?: number;
  readonly limit?: number;
}

type Broken = Omit<Finding, "cue" | "atMs" | "severity">;

/** Checks all cues, in the order in which they stand. Findings come by cue, then by rule. */
export function checkCues(cues: readonly Cue[], style: SubtitleStyle): Finding[] {
  return cues.flatMap((cue, index) => {
    const before = cues[index - 1];
    const broken = [
      ...checkLines(cue, style),
      ...(before === undefined ? [] : checkNeighbours(before, cue, style)),
      ...checkDuration(cue, style),
    ];
    return broken.map((found) => ({
      ...found,
      severity: severityOf(found.rule),
      cue: index + 1,
      atMs: cue.startMs,
    }));
  });
}

function checkLines({ lines }: Cue, style: SubtitleStyle): Broken[] {
  const { maxLine, maxLines } = style;
  const broken: Broken[] = [];
  if (maxLines !== undefined && lines.length > maxLines) {
    broken.push({ rule: "line-count", measured: lines.length, limit: maxLines });
  }
  if (style.asGiven === true) return broken;
  for (const [index, text] of lines.entries()) {
    const line = index + 1;
    const length = charactersOf(text, style);
    if (maxLine !== undefined && length > maxLine) {
      broken.push({ rule: "line-length", line, measured: length, limit: maxLine });
    }
    if (style.punctuation !== "keep" && endsInDroppedMark(text)) {
      broken.push({ rule: "punctuation", line });
    }
    const next = lines[line];
    if (next !== undefined && isWeakEnd(text, next)) broken.push({ rule: "weak-end", line });
  }
  return isDialogue(lines) ? broken : [...broken, ...checkShape(lines, style)];
}

function checkShape(lines: readonly string[], style: SubtitleStyle): Broken[] {
  const last = lines.at(-1);
  if (lines.length < 2 || last === undefined) return [];
  const broken: Broken[] = [];
  // Where a comma may have been left out, it would come back.
  const left = style.punctuation === "keep" ? 0 : lines.length - 1;
  const whole = charactersOf(joinTexts(lines), style) + left;
  if (style.maxLine !== undefined && whole <= style.maxLine) {
    broken.push({ rule: "needless-break", measured: whole, limit: style.maxLine });
  }
  const orphan = orphanOf(last);
  if (orphan !== undefined) {
    const { columnsPerCharacter } = style;
    broken.push({
      rule: "orphan",
      line: lines.length,
      measured: orphan.columns / columnsPerCharacter,
      limit: orphan.limit / columnsPerCharacter,
    });
  }
  return broken;
}

function checkNeighbours(before: Cue, cue: Cue, style: SubtitleStyle): Broken[] {
  const gapMs = cue.startMs - before.endMs;
  const leastMs = minGapMs(style);
  if (gapMs < 0) return [{ rule: "overlap", measured: -gapMs, limit: 0 }];
  if (gapMs < leastMs) return [{ rule: "min-gap", measured: gapMs, limit: leastMs }];
  // A frame more or less is how files of other tools are rounded.
  const isLeast = gapMs <= leastMs + (leastMs === 0 ? 0 : 1);
  if (!isLeast && gapMs < style.closeGapsUnderMs) {
    return [{ rule: "short-gap", measured: gapMs, limit: style.closeGapsUnderMs }];
  }
  return [];
}

function checkDuration(cue: Cue, style: SubtitleStyle): Broken[] {
  const { minDurationMs, maxDurationMs, maxCps } = style;
  const durationMs = cue.endMs - cue.startMs;
  if (durationMs <= 0) return [{ rule: "duration-positive", measured: durationMs, limit: 1 }];
  const broken: Broken[] = [];
  if (maxDurationMs !== undefined && durationMs > maxDurationMs) {
    broken.push({ rule: "max-duration", measured: durationMs, limit: maxDurationMs });
  }
  if (minDurationMs !== undefined && durationMs < minDurationMs) {
    broken.push({ rule: "min-duration", measured: durationMs, limit: minDurationMs });
  }
  const speed = readingSpeed(cue.lines, durationMs, style);
  if (maxCps !== undefined && speed > maxCps) {
    broken.push({ rule: "reading-speed", measured: Math.round(speed * 10) / 10, limit: maxCps });
  }
  return broken;
}
