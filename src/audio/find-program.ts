/** Looks for an installed program, as a shell would. */
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import path from "node:path";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Programs that need no shell to start; batch files do. */
const WINDOWS_ENDINGS = [".exe", ".com"];

/**
 * The program that a shell would start. Only absolute entries of the path count: a folder of
 * downloads must not bring its own.
 *
 * @returns its absolute path; undefined where there is none.
 */
export async function findProgram(
  name: string,
  environment: Environment,
  platform: NodeJS.Platform,
): Promise<string | undefined> {
  const isWindows = platform === "win32";
  const { delimiter, isAbsolute, join } = isWindows ? path.win32 : path.posix;
  const folders = (variableOf(environment, "PATH", platform) ?? "")
    .split(delimiter)
    .map((folder) => (isWindows ? folder.replace(/^"(.*)"$/, "$1") : folder))
    .filter((folder) => isAbsolute(folder));
  for (const folder of folders) {
    for (const ending of isWindows ? WINDOWS_ENDINGS : [""]) {
      const file = join(folder, `${name}${ending}`);
      if (await isProgram(file)) return file;
    }
  }
  return undefined;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/** Windows does not tell upper from lower case in names of variables. */
export function variableOf(
  environment: Environment,
  name: string,
  platform: NodeJS.Platform,
): string | undefined {
  if (platform !== "win32") return environment[name];
  const wanted = name.toLowerCase();
  return Object.entries(environment).find(([known]) => known.toLowerCase() === wanted)?.[1];
}
