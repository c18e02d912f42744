/** What the disk says of an input's file, and of a result's. */
import { stat } from "node:fs/promises";
import { systemCode } from "../../errors.ts";
import type { Input } from "../inputs/input.ts";
import type { FileFacts } from "./standing.ts";

/** Nulls for what is no file, or can't be looked at: whoever reads it says why. */
export async function factsOf({ path }: Input): Promise<FileFacts> {
  const none = { sizeBytes: null, modifiedMs: null };
  if (path === undefined) return none;
  try {
    const status = await stat(path);
    return status.isFile() ? { sizeBytes: status.size, modifiedMs: status.mtimeMs } : none;
  } catch {
    return none;
  }
}

/**
 * @returns undefined where there is no file: nothing, or a pipe or device that nothing is lost in
 * @throws what the system says where that can't be told
 */
export async function sizeOf(file: string): Promise<number | undefined> {
  try {
    const status = await stat(file);
    return status.isFile() ? status.size : undefined;
  } catch (error) {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR") return undefined;
    throw error;
  }
}
