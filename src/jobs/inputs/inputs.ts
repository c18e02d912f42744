/**
 * What the user named on the command line, as a list of inputs: files, folders (recursive),
 * globs, `-` for stdin, and a list of more. An existing path wins over its reading as a glob.
 */
import { type AsrError, usageError } from "../../errors.ts";
import { withoutOtherFiles } from "./audio-content.ts";
import { globInputs, looksLikeGlob } from "./glob-inputs.ts";
import type { Input, SkippedInput } from "./input.ts";
import type { ListFile } from "./list-entries.ts";
import { listedInputs } from "./listed-inputs.ts";
import {
  type Expansion,
  failedInput,
  type InputPlace,
  missingError,
  pathInputs,
} from "./path-inputs.ts";

export type { Input } from "./input.ts";

export interface InputList {
  readonly inputs: readonly Input[];
  /** What the folders held besides recordings. */
  readonly skipped: readonly SkippedInput[];
  /** More than one INPUT, or any folder, glob or list, even if it yields one. */
  readonly several: boolean;
}

export const STDIN_NAME = "-";

async function expand(operand: string, place: InputPlace): Promise<Expansion> {
  if (operand === STDIN_NAME) {
    return { found: [{ name: STDIN_NAME, relativePath: "stdin", explicit: true }], several: false };
  }
  const existing = await pathInputs(operand, place);
  if (existing !== undefined) return existing;
  if (!looksLikeGlob(operand)) throw missingError(operand);
  const { workingFolder, outputFolder, signal } = place;
  const found = await globInputs(operand, workingFolder, outputFolder, signal);
  if (found.length > 0) return { found, several: true };
  throw usageError(`nothing matches ${operand}`, "check the pattern, or quote it differently");
}

/** @param several where true, an operand that can't be read is one failed input beside others */
async function expandSafely(
  operand: string,
  place: InputPlace,
  several: boolean,
): Promise<Expansion> {
  try {
    return await expand(operand, place);
  } catch (thrown) {
    place.signal?.throwIfAborted();
    const failed = failedInput(operand, thrown, place);
    if (!several) throw failed.error;
    return { found: [failed], several };
  }
}

/** Equal for mentions that ask for the same. */
function keyOf({ path = STDIN_NAME, own }: Input): string {
  if (own === undefined) return path;
  return JSON.stringify([path, own.provider, own.language, own.model, own.output]);
}

/** Each path once, unless with other settings, in the order of first mention; explicit where any mention is. */
function withoutRepeats(found: readonly Input[]): Input[] {
  const byPath = new Map<string, Input>();
  for (const input of found) {
    const key = keyOf(input);
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
 * @param operands as typed; the inputs of `list` come after them
 * @throws AsrError kind "audio" for the only operand where it can't be read (one of several is an
 *   input with an `error`), "usage" for an empty operand, a glob without a match, stdin named
 *   twice, a list that can't be read, or folders without any audio.
 */
export async function listInputs(
  operands: readonly string[],
  place: InputPlace,
  list?: ListFile,
): Promise<InputList> {
  if (operands.includes("")) {
    throw usageError("an input has an empty name", "name a recording", "is a variable not set?");
  }
  const found: Input[] = [];
  const manyNamed = operands.length > 1 || list !== undefined;
  let several = manyNamed;
  for (const operand of operands) {
    const expansion = await expandSafely(operand, place, manyNamed);
    several ||= expansion.several;
    found.push(...expansion.found);
  }
  const listed = list === undefined ? [] : await listedInputs(list, place);
  const all = withoutRepeats([...found, ...listed]);
  const { inputs, skipped } = await withoutOtherFiles(all, place.signal);
  if (inputs.length === 0 && skipped.length > 0) throw nothingToDo(skipped);
  return { inputs, skipped, several };
}
