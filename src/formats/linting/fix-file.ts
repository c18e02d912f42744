/**
 * Mends what a subtitle file breaks: its form by writing it anew, lines that are too long by new
 * breaks, times by moving ends, and starts where there is no other way. Cues that break nothing, and
 * are in nobody's way, stay as they are.
 */
import { isDeepStrictEqual } from "node:util";
import { cuesOf } from "../../subtitles/cue-maker.ts";
import type { Cue } from "../../subtitles/cues.ts";
import { isDashed } from "../../subtitles/dialogue.ts";
import { checkCues, type RuleId } from "../../subtitles/rules.ts";
import type { SubtitleStyle } from "../../subtitles/style.ts";
import { createCuePlacer } from "../../subtitles/timing/place-cues.ts";
import { textLines } from "../../transcript/text.ts";
import { hasMarks, plainText } from "../reading/cue-text.ts";
import type { FileCue, SubtitleFile } from "../reading/subtitle-file.ts";
import { srtLine } from "../srt.ts";
import { vttLine } from "../vtt.ts";
import type { LintRule } from "./finding.ts";

/** What would be lost: a cue without a time, text that belongs to no cue, bytes that are no text. */
export const UNFIXABLE: ReadonlySet<LintRule> = new Set(["times", "stray-text", "encoding"]);

/** Where cues give each other new room, the second or third time settles what the first began. */
const MOST_TIMES = 8;

/**
 * @returns the file as it should be written, which mending again leaves as it is; what is left is
 *   found by checking it again
 */
export function fixFile(file: SubtitleFile, style: SubtitleStyle): SubtitleFile {
  let fixed = fixedOnce(file, style);
  for (let times = 1; times < MOST_TIMES; times += 1) {
    const again = fixedOnce(fixed, style);
    if (isDeepStrictEqual(again.cues, fixed.cues)) break;
    fixed = again;
  }
  return fixed;
}

function fixedOnce(file: SubtitleFile, style: SubtitleStyle): SubtitleFile {
  const cues = file.cues
    .filter(({ lines }) => lines.length > 0)
    .flatMap((cue) => rebroken(cue, file.format, style))
    // Another voice may speak between the pieces of a long cue.
    .toSorted((a, b) => a.startMs - b.startMs);
  return { ...file, cues: retimed(cues, file.format, style), faults: [] };
}

/** Rules that new line breaks can mend. */
export const OF_LINES: ReadonlySet<RuleId> = new Set([
  "line-length",
  "line-count",
  "needless-break",
  "orphan",
  "weak-end",
  "punctuation",
]);

function rebroken(cue: FileCue, format: SubtitleFile["format"], style: SubtitleStyle): FileCue[] {
  const shown = shownCue(cue, format);
  const before = weightOf([shown], style, OF_LINES);
  const isLocked = hasMarks(cue.lines, format) || shown.lines.some(isDashed);
  if (before === 0 || isLocked) return [cue];
  const { startMs } = shown;
  const segment = { startMs, endMs: Math.max(startMs, cue.endMs), text: shown.lines.join("\n") };
  // They stay as long as the cue did: it has lingered already.
  const cues = cuesOf([segment], { style: { ...style, lingerMs: 0 } });
  if (weightOf(cues, style, OF_LINES) >= before) return [cue];
  const writeLine = format === "srt" ? srtLine : vttLine;
  return cues.map(({ startMs, endMs, lines }, index) => {
    const { id: _, notes: __, ...rest } = cue;
    return { ...(index === 0 ? cue : rest), startMs, endMs, lines: lines.map(writeLine) };
  });
}

function retimed(
  cues: readonly FileCue[],
  format: SubtitleFile["format"],
  style: SubtitleStyle,
): FileCue[] {
  const placer = createCuePlacer({ ...style, lingerMs: 0 }, "none");
  const shown = cues.map((cue) => shownCue(cue, format));
  placer.add(shown.map((cue) => ({ ...cue, endMs: Math.max(cue.startMs, cue.endMs), words: [] })));
  const placed = placer.release(Number.POSITIVE_INFINITY);
  return cues.map((cue, index) => {
    const { startMs, endMs } = placed[index] ?? cue;
    return { ...cue, startMs, endMs };
  });
}

function shownCue({ startMs, endMs, lines }: FileCue, format: SubtitleFile["format"]): Cue {
  return { startMs, endMs, lines: textLines(plainText(lines, format)) };
}

const OF_A_HARD_ONE = 1000;

/** How much cues break of some rules: a hard one is worse than any number of soft ones. */
function weightOf(cues: readonly Cue[], style: SubtitleStyle, rules: ReadonlySet<RuleId>): number {
  return checkCues(cues, style)
    .filter(({ rule }) => rules.has(rule))
    .reduce((sum, { severity }) => sum + (severity === "hard" ? OF_A_HARD_ONE : 1), 0);
}
