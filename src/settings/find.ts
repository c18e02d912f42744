/** Which settings files there are: the project's, the user's, the one given by `--config`. */
import { access, constants, lstat, stat } from "node:fs/promises";
import path from "node:path";
import { usageError } from "../errors.ts";
import { loadFile, PROJECT_PLACES, searchFolder, USER_PLACES } from "./explorer.ts";
import { projectFolders, userFolder } from "./folders.ts";
import type { Surroundings } from "./surroundings.ts";

/** Whose word a file is. Somebody else may have written a project's file. */
type FileRole = "project" | "user" | "given";

export interface ConfigFile {
  readonly role: FileRole;
  readonly path: string;
  /** As parsed; undefined where the file is empty. */
  readonly data: unknown;
}

export interface FoundFiles {
  /** The ones to read, the strongest first. */
  readonly files: readonly ConfigFile[];
  /** Files in a project's place that belong to another user. */
  readonly foreign: readonly string[];
}

/** What was asked by `--config` and `--no-config`. */
export interface FileChoice {
  readonly config?: string | undefined;
  readonly noConfig: boolean;
}

interface Candidates {
  readonly places: readonly string[];
  readonly foreign: readonly string[];
}

/**
 * Looks which of the places in a folder are files of this user.
 *
 * @throws AsrError kind "usage" for one that can't be read: leaving it out would change settings
 *   silently
 */
async function ownPlaces(
  folder: string,
  places: readonly string[],
  userId: number | undefined,
): Promise<Candidates> {
  const own: string[] = [];
  const foreign: string[] = [];
  for (const place of places) {
    const file = path.join(folder, place);
    // A link counts as a file of whoever made it, and as one of its target's owner.
    const facts = await Promise.all([lstat(file), stat(file)]).catch(() => undefined);
    if (facts === undefined || !facts[1].isFile()) continue;
    if (userId !== undefined && facts.some((entry) => entry.uid !== userId)) {
      if (place !== "package.json") foreign.push(file);
      continue;
    }
    if (place === "package.json" && facts[1].size === 0) continue;
    await access(file, constants.R_OK).catch(() => {
      throw usageError(`can't read settings from ${file}`, "check its permissions");
    });
    own.push(place);
  }
  return { places: own, foreign };
}

/** The user's own file, wherever the working folder is. */
export async function findUserFile(surroundings: Surroundings): Promise<ConfigFile | undefined> {
  const folder = userFolder(surroundings);
  const { places } = await ownPlaces(folder, USER_PLACES, undefined);
  const found = places.length === 0 ? undefined : await searchFolder(folder, places);
  return found === undefined ? undefined : { role: "user", ...found };
}

/** The project's file: the first from the working folder upwards. */
export async function findProjectFile(
  surroundings: Surroundings,
): Promise<{ readonly file?: ConfigFile; readonly foreign: readonly string[] }> {
  const foreign: string[] = [];
  for (const folder of await projectFolders(surroundings)) {
    const candidates = await ownPlaces(folder, PROJECT_PLACES, surroundings.userId);
    foreign.push(...candidates.foreign);
    if (candidates.places.length === 0) continue;
    const found = await searchFolder(folder, candidates.places);
    if (found !== undefined) return { file: { role: "project", ...found }, foreign };
  }
  return { foreign };
}

/**
 * The files that hold settings.
 *
 * @throws AsrError kind "usage" for a file that can't be read or parsed
 */
export async function findFiles(
  choice: FileChoice,
  surroundings: Surroundings,
): Promise<FoundFiles> {
  if (choice.noConfig) return { files: [], foreign: [] };
  const user = await findUserFile(surroundings);
  const own = user === undefined ? [] : [user];
  if (choice.config !== undefined) {
    const given = path.resolve(surroundings.workingFolder, choice.config);
    return { files: [{ role: "given", ...(await loadFile(given)) }, ...own], foreign: [] };
  }
  const { file, foreign } = await findProjectFile(surroundings);
  return { files: [...(file === undefined ? [] : [file]), ...own], foreign };
}
