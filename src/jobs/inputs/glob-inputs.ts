/** What a glob matches: files, and folders with all in them. */
import type { Stats } from "node:fs";
import { glob, realpath } from "node:fs/promises";
import path from "node:path";
import pMap from "p-map";
import { readError } from "../../audio/read-error.ts";
import type { AsrError } from "../../errors.ts";
import { foldersAbove, isBelow, pathBelow } from "./below.ts";
import { folderInputs, statusOf } from "./folder-inputs.ts";
import type { Input } from "./input.ts";

const GLOB_CHARACTERS = /[*?[\]{}]/;

/** Enough to keep libuv's four threads busy. */
const LOOKS_AT_ONCE = 16;

export function looksLikeGlob(operand: string): boolean {
  return GLOB_CHARACTERS.test(operand);
}

/** The folders before the first part with a wildcard: `calls` of `calls/mon*`. */
function fixedPart(pattern: string): string {
  const parts = pattern.split(path.sep === "\\" ? /[/\\]/ : "/");
  const wild = parts.findIndex((part) => GLOB_CHARACTERS.test(part));
  const fixed = parts.slice(0, wild);
  return fixed.length === 1 && fixed[0] === "" ? path.sep : fixed.join(path.sep);
}

interface Match {
  readonly name: string;
  readonly full: string;
  readonly status?: Stats;
  readonly error?: AsrError;
}

/** Whether a folder is a link to one that it lies in. */
async function leadsBackUp(folder: string): Promise<boolean> {
  const target = await realpath(folder);
  const place = await realpath(path.dirname(folder));
  return target === place || isBelow(place, target);
}

async function look(name: string, workingFolder: string): Promise<Match | undefined> {
  const full = path.resolve(workingFolder, name);
  try {
    const status = await statusOf(full);
    if (status === undefined || (status.isDirectory() && (await leadsBackUp(full)))) return;
    return { name, full, status };
  } catch (error) {
    return { name, full, error: readError(name, error) };
  }
}

/**
 * Files in a stable order, each once: what lies below a folder that matched too comes from there.
 *
 * @param exclude absolute path of a folder that is left out, unless the pattern starts in it
 */
export async function globInputs(
  pattern: string,
  workingFolder: string,
  exclude?: string,
  signal?: AbortSignal,
): Promise<Input[]> {
  const base = path.resolve(workingFolder, fixedPart(pattern));
  const names: string[] = [];
  for await (const name of glob(pattern, { cwd: workingFolder })) {
    signal?.throwIfAborted();
    names.push(name);
  }
  const excluded = exclude !== undefined && isBelow(exclude, base) ? exclude : undefined;
  const found = await pMap(names.sort(), (name) => look(name, workingFolder), {
    concurrency: LOOKS_AT_ONCE,
  });
  const matches = found.flatMap((match) => match ?? []);
  const folders = new Set<string>();
  for (const { full, status } of matches) if (status?.isDirectory()) folders.add(full);

  const inputs: Input[] = [];
  for (const { name, full, status, error } of matches) {
    if (excluded !== undefined && (full === excluded || isBelow(full, excluded))) continue;
    if (foldersAbove(full).some((folder) => folders.has(folder))) continue;
    if (status?.isDirectory()) {
      const walk = { name, folder: full, exclude: excluded, signal };
      inputs.push(...(await folderInputs(walk, base)));
    } else {
      inputs.push({
        name,
        path: full,
        relativePath: pathBelow(full, base),
        explicit: true,
        ...(error === undefined ? {} : { error }),
      });
    }
  }
  return inputs;
}
