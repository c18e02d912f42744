/** Files that a report is written to, beside stdout: whole or not at all. */
import path from "node:path";
import { openWholeFile } from "../../jobs/outputs/whole-file.ts";
import { checkWritable } from "../../jobs/outputs/writable.ts";
import type { World } from "../world.ts";

/** @throws AsrError kind "output", before anything is sent, where it could not be written. */
export async function checkReportFile(file: string | undefined, world: World): Promise<void> {
  if (file === undefined) return;
  await checkWritable(path.resolve(world.workingFolder, file), { makeFolders: true, whole: true });
}

/** @throws AsrError kind "output" */
export async function writeReportFile(
  file: string,
  pieces: Iterable<string>,
  { workingFolder, randomBytes, onExit }: World,
): Promise<void> {
  const unique = Buffer.from(randomBytes(4)).toString("hex");
  const target = openWholeFile(path.resolve(workingFolder, file), unique, { onExit });
  try {
    for (const piece of pieces) await target.append(piece);
    await target.commit();
  } catch (error) {
    await target.discard();
    throw error;
  }
}
