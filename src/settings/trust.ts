/**
 * Which projects the user trusts, and what the file of any other project may not say.
 *
 * A project's settings file comes with the project, so somebody else may have written it. It must
 * not be able to send audio or credentials elsewhere, to read what the user did not give it, or to
 * write outside the project (README, "Safety"). Refused are therefore:
 *
 * - settings marked `refusedUntrusted`: addresses, proxies, certificates, a model's folder;
 * - `${env:NAME}`, in any value: an expanded secret would leave the machine as a hotword, a model
 *   or somebody else's credential, or land in a public build log as a file name that is not found.
 *   The variables that asr knows by name (`ASR_…`, credentials) need no reference;
 * - paths that lead out of the file's folder: `output` could replace any file of the user with a
 *   transcript, and `hotwords` would send the lines of any file to a vendor.
 *
 * The user can trust the folder, once, or name the file with `--config`.
 */
import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { type AsrError, systemCode, usageError } from "../errors.ts";
import { isPath, liesIn, resolvePath } from "./file-paths.ts";
import { findProjectFile } from "./find.ts";
import { realPathOf, userFolder } from "./folders.ts";
import type { Surroundings } from "./surroundings.ts";
import { isTemplate } from "./template.ts";
import type { PlacedSetting } from "./tree.ts";

function storePath(surroundings: Surroundings): string {
  return path.join(userFolder(surroundings), "trusted.json");
}

/** Real paths of the folders that the user trusts; not those below them. */
async function trustedFolders(surroundings: Surroundings): Promise<readonly string[]> {
  const file = storePath(surroundings);
  try {
    const data: unknown = JSON.parse(await readFile(file, "utf8"));
    if (Array.isArray(data) && data.every((folder) => typeof folder === "string")) return data;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
  }
  throw usageError(`${file} can't be read`, "remove it and trust your projects again");
}

/** Whether the user trusts the project that a file belongs to. */
export async function isTrusted(file: string, surroundings: Surroundings): Promise<boolean> {
  const folder = await realPathOf(path.dirname(file));
  return folder !== undefined && (await trustedFolders(surroundings)).includes(folder);
}

/**
 * Remembers a project as trusted.
 *
 * @param folder undefined: that of the project's file, or the working folder where there is none
 * @returns the folder's real path
 * @throws AsrError kind "usage" where there is no such folder
 */
export async function trustFolder(
  folder: string | undefined,
  surroundings: Surroundings,
): Promise<string> {
  const found = folder === undefined ? (await findProjectFile(surroundings)).file : undefined;
  const named = folder ?? (found === undefined ? "." : path.dirname(found.path));
  const real = await realPathOf(path.resolve(surroundings.workingFolder, named));
  if (real === undefined || !(await stat(real)).isDirectory()) {
    throw usageError(`there is no folder ${named}`, "name the folder of the project's settings");
  }
  const folders = new Set([...(await trustedFolders(surroundings)), real]);
  const file = storePath(surroundings);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.new`;
  await writeFile(draft, `${JSON.stringify([...folders], undefined, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
  return real;
}

async function refusalOf(
  { row, value }: PlacedSetting,
  file: string,
  homeFolder: string,
): Promise<string | undefined> {
  if (row.refusedUntrusted === "always") {
    return "it decides where audio and credentials go";
  }
  if (isTemplate(value)) return "it reads your environment";
  if (!isPath(row, value)) return undefined;
  if (row.refusedUntrusted === "path") return "it names a folder whose content is run";
  const place = resolvePath(value, file, homeFolder);
  const inside = await liesIn(path.dirname(file), place);
  return inside ? undefined : "it leads out of the project's folder";
}

/**
 * The error for the first setting of an untrusted project's file that such a file may not have,
 * in force or not; undefined where there is none.
 */
export async function refusal(
  file: string,
  settings: readonly PlacedSetting[],
  homeFolder: string,
): Promise<AsrError | undefined> {
  for (const setting of settings) {
    const reason = await refusalOf(setting, file, homeFolder);
    if (reason === undefined) continue;
    return usageError(
      `${setting.path.join(".")} in ${file} is refused, because you do not trust this project`,
      "look at the file; if you trust it, run asr config trust here",
      reason,
    );
  }
  return undefined;
}
