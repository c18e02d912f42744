/** What is asked of an output folder once, and not for each of its files. */
import { readdir, realpath } from "node:fs/promises";
import path from "node:path";
import { systemCode } from "../../errors.ts";
import { pathKey } from "./portable-name.ts";

export interface Folders {
  /** The real path of a folder of which the last parts may still have to be made. */
  real(folder: string): Promise<string>;
  /** False only where nothing of that name is there. */
  mayHold(file: string): Promise<boolean>;
  /** Does it for the first file of a folder; the others share what comes of it. */
  once(folder: string, look: () => Promise<void>): Promise<void>;
}

const USUAL_NAME_BYTES = 128;
const USUAL_PATH_BYTES = 1024;

/** Whether a name may be too long for some disk: each has a limit of its own, so it is asked. */
export function hasLongName(file: string): boolean {
  return (
    Buffer.byteLength(path.basename(file)) > USUAL_NAME_BYTES ||
    Buffer.byteLength(file) > USUAL_PATH_BYTES
  );
}

function memo<Value>(ask: (key: string) => Promise<Value>): (key: string) => Promise<Value> {
  const answers = new Map<string, Promise<Value>>();
  return (key) => {
    const known = answers.get(key) ?? ask(key);
    answers.set(key, known);
    return known;
  };
}

async function realFolder(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    const parent = path.dirname(folder);
    if (systemCode(error) !== "ENOENT" || parent === folder) return folder;
    return path.join(await realFolder(parent), path.basename(folder));
  }
}

/** Undefined where that can't be told. */
async function namesIn(folder: string): Promise<ReadonlySet<string> | undefined> {
  try {
    return new Set((await readdir(folder)).map(pathKey));
  } catch (error) {
    return systemCode(error) === "ENOENT" ? new Set() : undefined;
  }
}

/**
 * @param many whether listing a folder is cheaper than a look at each file
 * @returns answers that stay as they were first given: good for one check of all outputs
 */
export function createFolders(many = false): Folders {
  const names = memo(namesIn);
  const looks = new Map<string, Promise<void>>();
  return {
    real: memo(realFolder),
    async mayHold(file) {
      if (!many || hasLongName(file)) return true;
      return (await names(path.dirname(file)))?.has(pathKey(path.basename(file))) ?? true;
    },
    once(folder, look) {
      const looking = looks.get(folder) ?? look();
      looks.set(folder, looking);
      return looking;
    },
  };
}
