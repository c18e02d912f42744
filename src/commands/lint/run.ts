/** What `asr lint` does, loaded once it is clear that something is to be done. */
import { AsrError, asAsrError, usageError } from "../../errors.ts";
import { CONVERT_HINT } from "../../formats/reading/decode-text.ts";
import type { Input } from "../../jobs/inputs/input.ts";
import type { Settings } from "../../settings/load.ts";
import { storedInput } from "../stored-file.ts";
import type { World } from "../world.ts";
import { lintInput } from "./input.ts";
import {
  counted,
  countOf,
  type LintedFile,
  lintAnnotations,
  lintJson,
  lintText,
} from "./report.ts";

type Values = Settings["values"];

export async function runLinting(
  operands: readonly string[],
  settings: Settings,
  world: World,
): Promise<void> {
  const { values } = settings;
  const inputs = [...new Set(operands)].map((operand) => storedInput(operand, world));
  const output = outputOf(settings);
  refuseContradictions(inputs, values.fix, output);
  const files: LintedFile[] = [];
  const failures: AsrError[] = [];
  for (const input of inputs) {
    world.signal.throwIfAborted();
    try {
      files.push(await lintInput(input, output, settings, world));
    } catch (thrown) {
      const error = asAsrError(thrown);
      if (inputs.length === 1 || error.kind === "internal") throw error;
      failures.push(error);
      world.console.error(error);
    }
  }
  await world.stdout.write(reportOf(files, values));
  if (failures.length > 0) {
    throw new AsrError("several", `${failures.length} of ${inputs.length} files can't be checked`, {
      hint: "each is named above with its reason",
    });
  }
  throwFindings(files, values.strict);
}

/** A settings file says where transcripts go, and means no subtitles. */
function outputOf({ values, sources }: Settings): string | undefined {
  return sources.output === "flag" ? values.output : undefined;
}

function refuseContradictions(
  inputs: readonly Input[],
  fix: boolean,
  output: string | undefined,
): void {
  if (output !== undefined && !fix) {
    throw usageError(
      "-o is where --fix writes",
      "add --fix, or redirect the report: asr lint … > report.txt",
    );
  }
  if (!fix) return;
  if (output === "-") throw usageError("the report goes to stdout", "give -o a file");
  if (output !== undefined && inputs.length > 1) {
    throw usageError(
      "several files can't be written into one",
      "leave out -o: each is mended in its place",
    );
  }
  if (output === undefined && inputs.some((input) => input.path === undefined)) {
    throw usageError("--fix can't write to stdin", "name the result: -o mended.srt");
  }
}

function reportOf(files: readonly LintedFile[], { json, github }: Values): string {
  if (json) return lintJson(files);
  return github ? lintAnnotations(files) : lintText(files);
}

function throwFindings(files: readonly LintedFile[], strict: boolean): void {
  const sum = (severity: "hard" | "soft"): number =>
    files.reduce((total, file) => total + countOf(file, severity), 0);
  const [hard, soft] = [sum("hard"), sum("soft")];
  if (hard === 0 && !(strict && soft > 0)) return;
  const said =
    strict && soft > 0 ? `${hard} hard and ${soft} soft findings` : counted(hard, "hard finding");
  throw new AsrError("gate", `${said} in ${counted(files.length, "file")}`, {
    hint: hintOf(files),
  });
}

function hintOf(files: readonly LintedFile[]): string {
  const isUnreadable = files.some(({ findings }) =>
    findings.some(({ rule }) => rule === "encoding"),
  );
  if (isUnreadable) return CONVERT_HINT;
  return files.some(({ fix }) => fix !== undefined)
    ? "mend by hand what --fix left"
    : "mend them, or let --fix mend what new times and line breaks can";
}
