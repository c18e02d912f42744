/** Where settings are looked for. */
import { lstat, realpath } from "node:fs/promises";
import path from "node:path";
import type { Surroundings } from "./surroundings.ts";

/**
 * The folder of the user's own settings: `%APPDATA%\asr` on Windows, else `$XDG_CONFIG_HOME/asr`
 * or `~/.config/asr` (XDG Base Directory Specification: a relative path there is ignored).
 */
export function userFolder(surroundings: Surroundings): string {
  const { environment, homeFolder, platform } = surroundings;
  const named = platform === "win32" ? environment.APPDATA : environment.XDG_CONFIG_HOME;
  if (named !== undefined && path.isAbsolute(named)) return path.join(named, "asr");
  const usual = platform === "win32" ? ["AppData", "Roaming"] : [".config"];
  return path.join(homeFolder, ...usual, "asr");
}

/**
 * Folders that may hold the project's settings, from the working folder upwards. The last one is
 * the git root, the home folder or the root of the file system, whichever comes first.
 */
export async function projectFolders(surroundings: Surroundings): Promise<readonly string[]> {
  const { workingFolder, homeFolder } = surroundings;
  const homes = [path.resolve(homeFolder), (await realPathOf(homeFolder)) ?? homeFolder];
  const folders: string[] = [];
  for (let folder = path.resolve(workingFolder); ; folder = path.dirname(folder)) {
    folders.push(folder);
    const isLast = homes.includes(folder) || folder === path.dirname(folder);
    if (isLast || (await exists(path.join(folder, ".git")))) return folders;
  }
}

/** The path with all links followed; undefined where there is nothing. */
export async function realPathOf(place: string): Promise<string | undefined> {
  return realpath(place).catch(() => undefined);
}

async function exists(place: string): Promise<boolean> {
  return lstat(place).then(
    () => true,
    () => false,
  );
}
