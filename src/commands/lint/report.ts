/** What `asr lint` found, as text, as one JSON object, and as annotations of a GitHub workflow. */
import type { LintFinding } from "../../formats/linting/finding.ts";
import { measuredText } from "../../formats/linting/measured.ts";
import { sanitizeLine } from "../../terminal/sanitize.ts";
import { formatTimestamp, secondsOf, VTT_TIMESTAMP } from "../../transcript/time.ts";

/** One file that was looked at. */
export interface LintedFile {
  /** As the user named it. */
  readonly name: string;
  readonly format: "srt" | "vtt";
  /** Id of the style. */
  readonly style: string;
  readonly cueCount: number;
  /** With `--fix`: what is left. */
  readonly findings: readonly LintFinding[];
  /** With `--fix`: how many were mended, and where the result is. */
  readonly fix?: { readonly mended: number; readonly output: string };
}

export function countOf({ findings }: LintedFile, severity: LintFinding["severity"]): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

/** A line a finding, as compilers write them, and a line a file. */
export function lintText(files: readonly LintedFile[]): string {
  return files
    .flatMap((file) => [...file.findings.map((one) => findingLine(file, one)), sumLine(file)])
    .map((line) => `${sanitizeLine(line)}\n`)
    .join("");
}

function findingLine({ name }: LintedFile, finding: LintFinding): string {
  return `${name}:${finding.line}: ${finding.severity}: ${finding.rule}: ${saidOf(finding)}`;
}

/** "23 characters, the limit is 16 (cue 3, 00:01:02.500)" */
function saidOf(finding: LintFinding): string {
  const { cue, atMs } = finding;
  const place =
    cue === undefined || atMs === undefined
      ? ""
      : ` (cue ${cue}, ${formatTimestamp(atMs, VTT_TIMESTAMP)})`;
  return `${measuredText(finding)}${place}`;
}

function sumLine(file: LintedFile): string {
  const [hard, soft] = [countOf(file, "hard"), countOf(file, "soft")];
  const left = hard + soft === 0 ? "nothing" : `${hard} hard, ${soft} soft`;
  const fixed =
    file.fix === undefined ? "" : `${file.fix.mended} mended in ${file.fix.output}, left: `;
  return `${file.name}: ${fixed}${left} (${file.style}, ${counted(file.cueCount, "cue")})`;
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Times in seconds, as in the JSON of transcripts; `measured` and `limit` in `unit`. */
export function lintJson(files: readonly LintedFile[]): string {
  const reports = files.map((file) => ({
    file: file.name,
    format: file.format,
    style: file.style,
    cues: file.cueCount,
    hard: countOf(file, "hard"),
    soft: countOf(file, "soft"),
    ...(file.fix === undefined ? {} : { fixed: file.fix }),
    findings: file.findings.map(({ atMs, ...finding }) => ({
      ...finding,
      ...(atMs === undefined ? {} : { start: secondsOf(atMs) }),
    })),
  }));
  const sum = (severity: LintFinding["severity"]): number =>
    files.reduce((total, file) => total + countOf(file, severity), 0);
  const report = { files: reports, hard: sum("hard"), soft: sum("soft") };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

/** GitHub, "Workflow commands for GitHub Actions": `::error file=…,line=…,title=…::message`. */
export function lintAnnotations(files: readonly LintedFile[]): string {
  return files
    .flatMap((file) => file.findings.map((finding) => annotation(file, finding)))
    .join("");
}

function annotation({ name }: LintedFile, finding: LintFinding): string {
  const level = finding.severity === "hard" ? "error" : "warning";
  const place = `file=${escapeProperty(name)},line=${finding.line}`;
  const title = escapeProperty(finding.rule);
  return `::${level} ${place},title=${title}::${escapeData(saidOf(finding))}\n`;
}

// As the runner's own toolkit does (actions/toolkit, packages/core/src/command.ts).
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
