/** Folders that a recording may take the place of. */
import { readdir } from "node:fs/promises";
import { systemCode, usageError } from "../errors.ts";
import { isRecordingName } from "../http/cassette/files.ts";

/**
 * Whoever replaces a folder by a recording removes all that is in it.
 *
 * @param folder absolute; it may not be there
 * @param shown as messages name it
 * @throws AsrError kind "usage" where it holds anything but a recording, or is no folder
 */
export async function checkReplaceable(folder: string, shown: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    const code = systemCode(error);
    if (code === "ENOENT") return [];
    if (code === undefined) throw error;
    throw usageError(`can't look into ${shown}`, "name a folder of recorded answers", code);
  });
  const other = names.find((name) => !isRecordingName(name));
  if (other === undefined) return;
  throw usageError(
    `${shown} holds more than recorded answers`,
    "give the answers a folder of their own, which is replaced as a whole",
    `${other} is none of their files`,
  );
}
