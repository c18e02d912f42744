/** Writes a first settings file. */
import { mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { AsrError, systemCode, usageError } from "../errors.ts";
import { exampleConfig } from "./example.ts";
import { findUserFile } from "./find.ts";
import { userFolder } from "./folders.ts";
import type { ProviderEntry } from "./registry.ts";
import type { Surroundings } from "./surroundings.ts";

export interface InitRequest extends Surroundings {
  /** `.asrrc` of the working folder instead of the user's own file. */
  readonly project: boolean;
  /** Replaces a file that is there. */
  readonly force: boolean;
  readonly providers: readonly ProviderEntry[];
}

/**
 * Writes a commented example that only its owner can read.
 *
 * @returns the file's path
 * @throws AsrError kind "usage" where a file is there and `force` is not set, "output" where it
 *   can't be written
 */
export async function initConfig(request: InitRequest): Promise<string> {
  const target = request.project
    ? path.join(request.workingFolder, ".asrrc")
    : path.join(userFolder(request), "config.yaml");
  const other = request.project ? undefined : (await findUserFile(request))?.path;
  if (other !== undefined && other !== target) {
    throw usageError(`${other} is there, and would go before ${target}`, "remove or edit it");
  }
  const draft = `${target}.${process.pid}.new`;
  try {
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    const file = await open(request.force ? draft : target, "wx", 0o600);
    await file.writeFile(exampleConfig(request.providers, false)).finally(() => file.close());
    if (request.force) await rename(draft, target);
    return target;
  } catch (error) {
    if (systemCode(error) === "EEXIST" && !request.force) {
      throw usageError(`${target} is there already`, "edit it, or replace it with --force");
    }
    if (request.force) await rm(draft, { force: true });
    const reason = systemCode(error);
    throw new AsrError("output", `can't write ${target}`, {
      hint: "check the folder and its permissions",
      cause: error,
      ...(reason === undefined ? {} : { reason }),
    });
  }
}
