/** Looks whether a result could be written, before anything is sent or paid. Writes nothing. */
import { constants, type Stats } from "node:fs";
import { access, open, stat } from "node:fs/promises";
import path from "node:path";
import { AsrError, systemCode } from "../../errors.ts";
import { descriptorOf } from "./descriptor-path.ts";
import { createFolders, type Folders, hasLongName } from "./folders.ts";
import { linkTarget } from "./link-target.ts";
import { writeError } from "./write-error.ts";

/**
 * What is at a path already: a `pipe` waits for its reader; into a `device`, or a descriptor that
 * somebody else opened, is written as it is.
 */
export type Existing = "missing" | "file" | "pipe" | "device";

export interface Replacement {
  /** Missing folders will be made. */
  readonly makeFolders: boolean;
  /** True where a temporary file beside it takes its place. */
  readonly whole: boolean;
}

/**
 * @param file absolute
 * @param folders what is known of their folders already
 * @throws AsrError kind "output" (exit 10).
 */
export async function checkWritable(
  file: string,
  replacement: Replacement,
  folders: Folders = createFolders(),
): Promise<Existing> {
  try {
    if (!(await folders.mayHold(file))) return await checkMissing(file, replacement, folders);
    const status = await statusOf(file);
    if ((await descriptorOf(file, folders)) !== undefined) {
      if (status === undefined)
        throw refusal(file, "it is not open", "redirect it, or name a file");
      await checkDevice(file, status);
      return "device";
    }
    if (status === undefined) {
      return await checkMissing(await linkTarget(file, folders), replacement, folders);
    }
    if (status.isDirectory()) throw refusal(file, "it is a folder", "choose another -o");
    if (status.isFile()) {
      await access(file, constants.W_OK);
      if (!replacement.whole) return "file";
      const folder = path.dirname(await linkTarget(file, folders));
      await folders.once(folder, () => access(folder, constants.W_OK));
      return "file";
    }
    await checkDevice(file, status);
    return status.isFIFO() ? "pipe" : "device";
  } catch (error) {
    throw writeError(file, error);
  }
}

function refusal(file: string, reason: string, hint: string): AsrError {
  return new AsrError("output", `can't write ${file}`, { reason, hint });
}

async function statusOf(file: string): Promise<Stats | undefined> {
  try {
    return await stat(file);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

async function checkMissing(
  file: string,
  { makeFolders }: Replacement,
  folders: Folders,
): Promise<"missing"> {
  const folder = path.dirname(file);
  await folders.once(folder, async () => {
    const above = await existingAncestor(folder);
    if (!(await stat(above)).isDirectory()) {
      throw refusal(file, `${above} is not a folder`, "choose another -o");
    }
    if (above !== folder && !makeFolders) {
      throw refusal(file, `the folder ${folder} does not exist`, "make it first");
    }
    await access(above, constants.W_OK);
  });
  // In a folder that is not there yet no name is too long: the disk is asked one further up.
  if (hasLongName(file))
    await statusOf(path.join(await existingAncestor(folder), path.basename(file)));
  return "missing";
}

async function existingAncestor(folder: string): Promise<string> {
  let current = folder;
  while ((await statusOf(current)) === undefined && current !== path.dirname(current)) {
    current = path.dirname(current);
  }
  return current;
}

/** Permissions don't say whether anything is behind a device: `/dev/tty` without a terminal. */
async function checkDevice(file: string, status: Stats): Promise<void> {
  await access(file, constants.W_OK);
  if (!status.isCharacterDevice()) return;
  // Without a terminal the open fails with ENXIO (tty(4)); it must not wait for anything.
  await (await open(file, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0))).close();
}
