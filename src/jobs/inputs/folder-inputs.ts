/** The files of a folder, recursively. */
import type { Dirent, Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { readError } from "../../audio/read-error.ts";
import { type AsrError, systemCode } from "../../errors.ts";
import { pathBelow } from "./below.ts";
import type { Input } from "./input.ts";

/** Codes of a link that leads nowhere, or in a circle. */
const LEADS_NOWHERE: ReadonlySet<string | undefined> = new Set(["ENOENT", "ENOTDIR", "ELOOP"]);

/** What is at a path; undefined where nothing is, or a link to nothing. */
export async function statusOf(file: string): Promise<Stats | undefined> {
  try {
    return await stat(file);
  } catch (error) {
    if (LEADS_NOWHERE.has(systemCode(error))) return undefined;
    throw error;
  }
}

interface Found {
  /** Below the folder. */
  readonly relativePath: string;
  readonly error?: AsrError;
}

interface Walk {
  /** As the user wrote it. */
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  /** Absolute path of a folder that is left out. */
  readonly exclude: string | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Files in a stable order. Hidden ones are left out; what can't be read is one of them. */
async function* filesBelow(walk: Walk, prefix = ""): AsyncGenerator<Found> {
  const { name, folder, exclude, signal } = walk;
  const failed = (relativePath: string, error: unknown): Found => ({
    relativePath,
    error: readError(path.join(name, relativePath), error),
  });
  signal?.throwIfAborted();
  let entries: Dirent[];
  try {
    entries = await readdir(path.join(folder, prefix), { withFileTypes: true });
  } catch (error) {
    yield failed(prefix, error);
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const relativePath = path.join(prefix, entry.name);
    const full = path.join(folder, relativePath);
    if (entry.name.startsWith(".") || full === exclude) continue;
    if (entry.isFile()) yield { relativePath };
    else if (entry.isDirectory()) yield* filesBelow(walk, relativePath);
    else if (entry.isSymbolicLink()) {
      try {
        // A link to a folder is not followed: it may lead back up.
        if ((await statusOf(full))?.isFile()) yield { relativePath };
      } catch (error) {
        yield failed(relativePath, error);
      }
    }
  }
}

/** @param base what the output does not repeat of the path, absolute */
export async function folderInputs(walk: Walk, base: string): Promise<Input[]> {
  const inputs: Input[] = [];
  for await (const { relativePath, error } of filesBelow(walk)) {
    const full = path.join(walk.folder, relativePath);
    inputs.push({
      name: path.join(walk.name, relativePath),
      path: full,
      relativePath: pathBelow(full, base),
      explicit: false,
      ...(error === undefined ? {} : { error }),
    });
  }
  return inputs;
}
