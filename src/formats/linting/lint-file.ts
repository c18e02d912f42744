/** Every rule that a subtitle file breaks: of its form, and of the style. */
import type { Cue } from "../../subtitles/cues.ts";
import { checkCues, type Finding, RULES } from "../../subtitles/rules.ts";
import type { SubtitleStyle } from "../../subtitles/style.ts";
import { textLines } from "../../transcript/text.ts";
import { plainText } from "../reading/cue-text.ts";
import type { FileCue, FileFault, SubtitleFile } from "../reading/subtitle-file.ts";
import { FILE_RULES } from "./file-rules.ts";
import type { LintFinding } from "./finding.ts";

/** What a viewer sees of each cue, as the rules take it. */
export function shownCues({ cues, format }: SubtitleFile): Cue[] {
  return cues.map(({ startMs, endMs, lines }) => ({
    startMs,
    endMs,
    lines: textLines(plainText(lines, format)),
  }));
}

/** By line; of one line, first what is wrong with its form. */
export function lintFile(file: SubtitleFile, style: SubtitleStyle): LintFinding[] {
  const misplaced = new Set(
    file.faults.flatMap(({ rule, cue }) => (rule === "order" ? [cue] : [])),
  );
  const broken = checkCues(shownCues(file), style).filter(
    // A cue in the wrong place overlaps with whatever is before it.
    ({ rule, cue }) => rule !== "overlap" || !misplaced.has(cue),
  );
  return [
    ...file.faults.map((fault) => faultFinding(fault, file.cues)),
    ...broken.map((finding) => ruleFinding(finding, file.cues)),
  ].sort((a, b) => a.line - b.line);
}

function faultFinding(
  { rule, line, cue, found, expected }: FileFault,
  cues: readonly FileCue[],
): LintFinding {
  const atMs = cue === undefined ? undefined : cues[cue - 1]?.startMs;
  return {
    rule,
    ...FILE_RULES[rule],
    line,
    ...(cue === undefined ? {} : { cue }),
    ...(atMs === undefined ? {} : { atMs }),
    measured: found,
    limit: expected,
    unit: "",
  };
}

function ruleFinding(
  { line: lineOfCue, ...finding }: Finding,
  cues: readonly FileCue[],
): LintFinding {
  const { unit, title } = RULES.find(({ id }) => id === finding.rule) ?? { unit: "", title: "" };
  const timesLine = cues[finding.cue - 1]?.line ?? 1;
  return { ...finding, line: timesLine + (lineOfCue ?? 0), unit, title };
}
