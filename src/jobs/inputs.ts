/**
 * What the user named on the command line, as a list of inputs: files, folders (recursive),
 * globs, `-` for stdin. An existing path wins over its reading as a glob (CLI.md, "Input").
 */
import { glob, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { audioError, systemCode, usageError } from "../errors.ts";

export interface Input {
  /** As messages name it: the path as given, or below the folder as given; "-" for stdin. */
  readonly name: string;
  /** Absolute path; undefined for stdin. */
  readonly path?: string;
  /** Path below the named folder, which the output keeps; the bare file name otherwise. */
  readonly relativePath: string;
  /** False where a folder or a glob's folder brought it: then what is no audio is skipped. */
  readonly explicit: boolean;
}

export interface InputList {
  readonly inputs: readonly Input[];
  /** More than one INPUT, or any folder or glob, even if it yields one. */
  readonly several: boolean;
}

export const STDIN_NAME = "-";

const GLOB_CHARACTERS = /[*?[\]{}]/;

async function kindOf(file: string): Promise<"folder" | "file" | "missing"> {
  try {
    return (await stat(file)).isDirectory() ? "folder" : "file";
  } catch (error) {
    const code = systemCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return "missing";
    throw audioError(`can't look at ${file}`, "check its permissions", code ?? "");
  }
}

/** Files below a folder in a stable order. Hidden ones and `exclude` are left out. */
async function* filesBelow(
  folder: string,
  exclude: string | undefined,
  prefix = "",
): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const full = path.join(folder, entry.name);
    if (entry.name.startsWith(".") || full === exclude) continue;
    const relative = path.join(prefix, entry.name);
    if (entry.isDirectory()) yield* filesBelow(full, exclude, relative);
    // A link to a folder is not followed: it may lead back up.
    else if (entry.isFile() || (entry.isSymbolicLink() && (await kindOf(full)) === "file")) {
      yield relative;
    }
  }
}

async function expandFolder(name: string, folder: string, exclude?: string): Promise<Input[]> {
  const inputs: Input[] = [];
  for await (const relativePath of filesBelow(folder, exclude)) {
    inputs.push({
      name: path.join(name, relativePath),
      path: path.join(folder, relativePath),
      relativePath,
      explicit: false,
    });
  }
  return inputs;
}

async function expandGlob(
  pattern: string,
  workingFolder: string,
  exclude?: string,
): Promise<Input[]> {
  const matches: string[] = [];
  for await (const match of glob(pattern, { cwd: workingFolder })) matches.push(match);
  matches.sort();
  const inputs: Input[] = [];
  for (const match of matches) {
    const full = path.resolve(workingFolder, match);
    if (full === exclude) continue;
    if ((await kindOf(full)) === "folder")
      inputs.push(...(await expandFolder(match, full, exclude)));
    else
      inputs.push({ name: match, path: full, relativePath: path.basename(match), explicit: true });
  }
  return inputs;
}

/**
 * @param operands as typed; `outputFolder` (absolute) is never an input
 * @throws AsrError kind "audio" for a path that is not there, "usage" for a glob without a match
 *   or stdin named twice.
 */
export async function listInputs(
  operands: readonly string[],
  workingFolder: string,
  outputFolder?: string,
): Promise<InputList> {
  const inputs: Input[] = [];
  let several = operands.length > 1;
  for (const operand of operands) {
    if (operand === STDIN_NAME) {
      inputs.push({ name: STDIN_NAME, relativePath: "stdin", explicit: true });
      continue;
    }
    const full = path.resolve(workingFolder, operand);
    const kind = await kindOf(full);
    if (kind === "file") {
      const relativePath = path.basename(full);
      inputs.push({ name: operand, path: full, relativePath, explicit: true });
    } else if (kind === "folder") {
      several = true;
      inputs.push(...(await expandFolder(operand, full, outputFolder)));
    } else if (GLOB_CHARACTERS.test(operand)) {
      several = true;
      const matches = await expandGlob(operand, workingFolder, outputFolder);
      if (matches.length === 0) {
        throw usageError(
          `nothing matches ${operand}`,
          "check the pattern, or quote it differently",
        );
      }
      inputs.push(...matches);
    } else {
      throw audioError(`no such file: ${operand}`, "check the path");
    }
  }
  if (inputs.filter((input) => input.path === undefined).length > 1) {
    throw usageError("stdin can be read only once", `name "-" only once`);
  }
  return { inputs, several };
}
