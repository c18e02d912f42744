/** Result files: whole or not at all, or growing where the format grows (CLI.md, "Output"). */
import { constants } from "node:fs";
import { access, type FileHandle, mkdir, open, realpath, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { AsrError, messageOf, systemCode } from "../errors.ts";

export interface ResultFile {
  append(text: string): Promise<void>;
  /** The result is complete: it takes its place. */
  commit(): Promise<void>;
  /** The job failed: leaves what was there before. */
  discard(): Promise<void>;
}

function outputError(file: string, error: unknown, hint: string): AsrError {
  return new AsrError("output", `can't write ${file}`, {
    reason: systemCode(error) ?? messageOf(error),
    hint,
    cause: error,
  });
}

async function existingAncestor(folder: string): Promise<string> {
  for (let current = folder; ; current = path.dirname(current)) {
    try {
      if ((await stat(current)).isDirectory()) return current;
      throw new AsrError("output", `can't make the folder ${folder}`, {
        reason: `${current} is a file`,
        hint: "choose another -o",
      });
    } catch (error) {
      if (systemCode(error) !== "ENOENT" || current === path.dirname(current)) throw error;
    }
  }
}

export type Existing = "missing" | "file" | "device";

async function kindOfExisting(file: string): Promise<Existing> {
  try {
    const status = await stat(file);
    if (status.isDirectory()) {
      throw new AsrError("output", `can't write ${file}`, {
        reason: "it is a folder",
        hint: "choose another -o",
      });
    }
    return status.isFile() ? "file" : "device";
  } catch (error) {
    if (systemCode(error) === "ENOENT") return "missing";
    throw error;
  }
}

/**
 * Looks whether a result could be written, before anything is sent or paid. Writes nothing.
 *
 * @throws AsrError kind "output" (exit 10).
 */
export async function checkWritable(file: string, makeFolders: boolean): Promise<Existing> {
  const folder = path.dirname(file);
  try {
    const ancestor = await existingAncestor(folder);
    if (ancestor !== folder && !makeFolders) {
      throw new AsrError("output", `can't write ${file}`, {
        reason: `the folder ${folder} does not exist`,
        hint: "make it first",
      });
    }
    const existing = await kindOfExisting(file);
    await access(existing === "missing" ? ancestor : file, constants.W_OK);
    return existing;
  } catch (error) {
    if (error instanceof AsrError) throw error;
    throw outputError(file, error, "check the folder's permissions, or choose another -o");
  }
}

async function targetOf(file: string): Promise<string> {
  try {
    // A link stays a link: what it points at is replaced.
    return await realpath(file);
  } catch {
    return file;
  }
}

/** Straight into the file: for devices and pipes, and for formats that grow line by line. */
export function openGrowingFile(file: string): ResultFile {
  let opening: Promise<FileHandle> | undefined;
  const handle = (): Promise<FileHandle> => {
    opening ??= mkdir(path.dirname(file), { recursive: true }).then(() => open(file, "w"));
    return opening;
  };
  const close = async (): Promise<void> => {
    if (opening !== undefined) await (await opening).close();
  };
  return {
    async append(text) {
      try {
        await (await handle()).appendFile(text);
      } catch (error) {
        throw outputError(file, error, "free some space, or choose another -o");
      }
    },
    async commit() {
      await handle();
      await close();
    },
    discard: close,
  };
}

/**
 * Into a temporary file beside the target, renamed over it by `commit`. Where the last step
 * fails the temporary file is kept and named: what it holds may have been paid for.
 *
 * @param unique makes the temporary name, e.g. random hex
 */
export function openWholeFile(file: string, unique: string): ResultFile {
  let state: Promise<{ handle: FileHandle; temporary: string; target: string }> | undefined;
  const begin = (): NonNullable<typeof state> => {
    state ??= (async () => {
      const target = await targetOf(file);
      await mkdir(path.dirname(target), { recursive: true });
      const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${unique}.part`);
      return { handle: await open(temporary, "wx"), temporary, target };
    })();
    return state;
  };
  return {
    async append(text) {
      try {
        await (await begin()).handle.appendFile(text);
      } catch (error) {
        throw outputError(file, error, "free some space, or choose another -o");
      }
    },
    async commit() {
      let kept = "";
      try {
        const { handle, temporary, target } = await begin();
        kept = temporary;
        await handle.close();
        await rename(temporary, target);
      } catch (error) {
        throw outputError(
          file,
          error,
          kept === "" ? "choose another -o" : `the result is in ${kept}`,
        );
      }
    },
    async discard() {
      if (state === undefined) return;
      const { handle, temporary } = await state;
      await handle.close();
      await rm(temporary, { force: true });
    },
  };
}
