/** One file of `asr lint`: read, checked and, with `--fix`, written again. */
import path from "node:path";
import { type AsrError, audioError, usageError } from "../../errors.ts";
import { byteFindings } from "../../formats/linting/file-rules.ts";
import type { LintFinding } from "../../formats/linting/finding.ts";
import { fixFile, OF_LINES, UNFIXABLE } from "../../formats/linting/fix-file.ts";
import { lintFile, shownCues } from "../../formats/linting/lint-file.ts";
import { subtitleFileText } from "../../formats/linting/write-file.ts";
import { type DecodedText, decodeText } from "../../formats/reading/decode-text.ts";
import { readSubtitles } from "../../formats/reading/read.ts";
import { readSrt } from "../../formats/reading/srt.ts";
import type { SubtitleFile } from "../../formats/reading/subtitle-file.ts";
import { formatOfExtension } from "../../formats/table.ts";
import type { Input } from "../../jobs/inputs/input.ts";
import { extensionOf } from "../../jobs/outputs/outputs.ts";
import { openWholeFile } from "../../jobs/outputs/whole-file.ts";
import type { Settings } from "../../settings/load.ts";
import { styleOf } from "../../subtitles/cue-maker.ts";
import type { SubtitleStyle } from "../../subtitles/style.ts";
import { storedBytes } from "../stored-file.ts";
import { cueSettingsOf } from "../subtitle-settings.ts";
import type { World } from "../world.ts";
import type { LintedFile } from "./report.ts";

/**
 * @param output where `--fix` writes; undefined: into the file itself
 * @throws AsrError kind "audio" for what is no subtitles or can't be mended, "output", "usage".
 */
export async function lintInput(
  input: Input,
  output: string | undefined,
  settings: Settings,
  world: World,
): Promise<LintedFile> {
  const decoded = decodeText(await storedBytes(input, world));
  const file = isEmptySrt(input.name, decoded) ? readSrt("") : readSubtitles(decoded.text);
  if (file === undefined) {
    throw audioError(
      `${input.name}: not subtitles`,
      "give SRT or WebVTT; asr format makes them of a transcript",
    );
  }
  const style = lintStyle(file, settings);
  const broken = lintFile(file, style);
  // What stands in unreadable text can't be measured.
  const seen =
    decoded.faultLine === undefined ? broken : broken.filter(({ rule }) => !OF_TEXT.has(rule));
  const found = [...byteFindings(decoded), ...seen];
  const facts = { name: input.name, format: file.format, style: style.id };
  if (!settings.values.fix) return { ...facts, cueCount: file.cues.length, findings: found };
  const unfixable = found.find(({ rule }) => UNFIXABLE.has(rule));
  if (unfixable !== undefined) throw unfixableError(input.name, unfixable);
  const fixed = fixFile(file, style);
  const text = subtitleFileText(fixed);
  // Read again, so that lines and numbers are those of the new file.
  const left = lintFile(readSubtitles(text) ?? fixed, style);
  const mended = mendedCount(found, left);
  if (output !== undefined) refuseOtherFormat(output, file.format);
  const target = output ?? input.name;
  if (output !== undefined || mended > 0) await writeWhole(target, text, world);
  return { ...facts, cueCount: fixed.cues.length, findings: left, fix: { mended, output: target } };
}

/** Of a recording in which nobody speaks; WebVTT has its first line even then. */
function isEmptySrt(name: string, { text }: DecodedText): boolean {
  return text.trim() === "" && formatOfExtension(extensionOf(name))?.name !== "vtt";
}

const OF_TEXT: ReadonlySet<LintFinding["rule"]> = new Set([...OF_LINES, "reading-speed"] as const);

/** By rule, so that a rule that is kept now does not make up for one that is broken now. */
function mendedCount(found: readonly LintFinding[], left: readonly LintFinding[]): number {
  const rules = [...new Set(found.map(({ rule }) => rule))];
  return rules.reduce((sum, wanted) => {
    const [before = 0, after = 0] = [found, left].map(
      (findings) => findings.filter(({ rule }) => rule === wanted).length,
    );
    return sum + Math.max(0, before - after);
  }, 0);
}

function lintStyle(file: SubtitleFile, settings: Settings): SubtitleStyle {
  const text = shownCues(file)
    .slice(0, 200)
    .flatMap(({ lines }) => lines)
    .join(" ");
  return styleOf(cueSettingsOf(settings), text);
}

function refuseOtherFormat(name: string, format: SubtitleFile["format"]): void {
  const named = formatOfExtension(extensionOf(name));
  if (named !== undefined && named.name !== format) {
    throw usageError(
      `--fix writes ${format}, as it was read, and not ${named.name}`,
      `name it .${format}; asr format writes other formats`,
    );
  }
}

async function writeWhole(name: string, text: string, world: World): Promise<void> {
  const file = path.resolve(world.workingFolder, name);
  const unique = Buffer.from(world.randomBytes(4)).toString("hex");
  const target = openWholeFile(file, unique, world);
  try {
    await target.append(text);
    await target.commit();
  } catch (error) {
    await target.discard();
    throw error;
  }
}

function unfixableError(name: string, { line, rule, measured }: LintFinding): AsrError {
  return audioError(
    `${name}: line ${line}: --fix can't mend this: ${rule}`,
    "mend it by hand, then run --fix again; without --fix everything is listed",
    typeof measured === "string" ? measured.slice(0, 80) : undefined,
  );
}
