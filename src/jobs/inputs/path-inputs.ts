/** What a path stands for: a file, or a folder with all in it. */
import path from "node:path";
import { readError } from "../../audio/read-error.ts";
import { AsrError, audioError, systemCode } from "../../errors.ts";
import { folderInputs, statusOf } from "./folder-inputs.ts";
import type { Input } from "./input.ts";

/** Where inputs are looked for. */
export interface InputPlace {
  /** Absolute; paths are relative to it. */
  readonly workingFolder: string;
  /** Absolute; never an input. */
  readonly outputFolder?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Expansion {
  readonly found: readonly Input[];
  readonly several: boolean;
}

function namedInput(name: string, { workingFolder }: InputPlace): Input & { path: string } {
  const full = path.resolve(workingFolder, name);
  return { name, path: full, relativePath: path.basename(full), explicit: true };
}

/**
 * @returns undefined where nothing is there
 * @throws what the system says where that can't be told.
 */
export async function pathInputs(name: string, place: InputPlace): Promise<Expansion | undefined> {
  const input = namedInput(name, place);
  const status = await statusOf(input.path);
  if (status === undefined) return undefined;
  if (!status.isDirectory()) return { found: [input], several: false };
  const walk = { name, folder: input.path, exclude: place.outputFolder, signal: place.signal };
  return { found: await folderInputs(walk, input.path), several: true };
}

export function missingError(name: string): AsrError {
  return audioError(`${name}: no such file`, "check the path");
}

/**
 * An input that fails in its turn, beside others.
 *
 * @throws what was thrown, where it is not about this input alone.
 */
export function failedInput(name: string, thrown: unknown, place: InputPlace): Input {
  const error = systemCode(thrown) === undefined ? thrown : readError(name, thrown);
  if (!(error instanceof AsrError) || error.kind !== "audio") throw error;
  return { ...namedInput(name, place), error };
}
