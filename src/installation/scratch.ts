/** The folder where packages are fetched and unpacked before they are looked at. */
import { mkdtemp } from "node:fs/promises";
import path from "node:path";
import { AsrError, messageOf } from "../errors.ts";

/** @throws AsrError kind "output" where nothing can be written */
export async function makeScratch(temporaryFolder: string): Promise<string> {
  try {
    return await mkdtemp(path.join(temporaryFolder, "asr-models-"));
  } catch (error) {
    throw scratchError(temporaryFolder, error);
  }
}

export function scratchError(folder: string, cause: unknown): AsrError {
  return new AsrError("output", `can't write into ${folder}`, {
    reason: messageOf(cause),
    hint: "free some space there, or let TMPDIR (Windows: TEMP) name another place",
    cause,
  });
}
