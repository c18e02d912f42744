/**
 * What the user named on the command line, as a list of inputs: files, folders (recursive),
 * globs, `-` for stdin. An existing path wins over its reading as a glob (CLI.md, "Input").
 */
import path from "node:path";
import { readError } from "../../audio/read-error.ts";
import { AsrError, audioError, systemCode, usageError } from "../../errors.ts";
import { withoutOtherFiles } from "./audio-content.ts";
import { folderInputs, statusOf } from "./folder-inputs.ts";
import { globInputs, looksLikeGlob } from "./glob-inputs.ts";
import type { Input, SkippedInput } from "./input.ts";

export type { Input } from "./input.ts";

export interface InputList {
  readonly inputs: readonly Input[];
  /** What the folders held besides recordings. */
  readonly skipped: readonly SkippedInput[];
  /** More than one INPUT, or any folder or glob, even if it yields one. */
  readonly several: boolean;
}

export const STDIN_NAME = "-";

interface Expansion {
  readonly found: readonly Input[];
  readonly several: boolean;
}

interface Place {
  readonly workingFolder: string;
  /** Absolute; never an input. */
  readonly outputFolder: string | undefined;
  readonly signal: AbortSignal | undefined;
}

async function expand(operand: string, place: Place): Promise<Expansion> {
  const { workingFolder, outputFolder, signal } = place;
  if (operand === STDIN_NAME) {
    return { found: [{ name: STDIN_NAME, relativePath: "stdin", explicit: true }], several: false };
  }
  const full = path.resolve(workingFolder, operand);
  const status = await statusOf(full);
  if (status?.isDirectory()) {
    const walk = { name: operand, folder: full, exclude: outputFolder, signal };
    return { found: await folderInputs(walk, full), several: true };
  }
  if (status !== undefined) return { found: [named(operand, full)], several: false };
  if (!looksLikeGlob(operand)) throw audioError(`${operand}: no such file`, "check the path");
  const found = await globInputs(operand, workingFolder, outputFolder, signal);
  if (found.length > 0) return { found, several: true };
  throw usageError(`nothing matches ${operand}`, "check the pattern, or quote it differently");
}

function named(name: string, full: string): Input {
  return { name, path: full, relativePath: path.basename(full), explicit: true };
}

/** @param several where true, an operand that can't be read is one failed input beside others */
async function expandSafely(operand: string, place: Place, several: boolean): Promise<Expansion> {
  try {
    return await expand(operand, place);
  } catch (thrown) {
    place.signal?.throwIfAborted();
    const error = systemCode(thrown) === undefined ? thrown : readError(operand, thrown);
    if (!several || !(error instanceof AsrError) || error.kind !== "audio") throw error;
    const full = path.resolve(place.workingFolder, operand);
    return { found: [{ ...named(operand, full), error }], several };
  }
}

/** Each path once, in the order of first mention; explicit where any mention is. */
function withoutRepeats(found: readonly Input[]): Input[] {
  const byPath = new Map<string, Input>();
  for (const input of found) {
    const key = input.path ?? STDIN_NAME;
    const earlier = byPath.get(key);
    if (earlier === undefined) byPath.set(key, input);
    else if (input.path === undefined) {
      throw usageError("stdin can be read only once", `name "-" only once`);
    } else if (input.explicit) byPath.set(key, { ...earlier, explicit: true });
  }
  return [...byPath.values()];
}

function nothingToDo(skipped: readonly SkippedInput[]): AsrError {
  const [first] = skipped;
  const more = skipped.length > 1 ? `, and ${skipped.length - 1} more like it` : "";
  const reason = first && `${first.input.name}: ${first.error.message}${more}`;
  return usageError("nothing to do: none of the files is audio", "name a recording", reason);
}

/**
 * Lists what is to be transcribed, each file once however often it is named. What a folder holds
 * besides recordings is left out here, so that it is in no result's way.
 *
 * @param operands as typed; `outputFolder` (absolute) is never an input
 * @throws AsrError kind "audio" for the only operand where it can't be read (one of several is an
 *   input with an `error`), "usage" for an empty operand, a glob without a match, stdin named
 *   twice, or folders without any audio.
 */
export async function listInputs(
  operands: readonly string[],
  workingFolder: string,
  outputFolder?: string,
  signal?: AbortSignal,
): Promise<InputList> {
  if (operands.includes("")) {
    throw usageError("an input has an empty name", "name a recording", "is a variable not set?");
  }
  const place = { workingFolder, outputFolder, signal };
  const found: Input[] = [];
  let several = operands.length > 1;
  for (const operand of operands) {
    const expansion = await expandSafely(operand, place, operands.length > 1);
    several ||= expansion.several;
    found.push(...expansion.found);
  }
  const { inputs, skipped } = await withoutOtherFiles(withoutRepeats(found), signal);
  if (inputs.length === 0 && skipped.length > 0) throw nothingToDo(skipped);
  return { inputs, skipped, several };
}
