/**
 * Brings a result onto the disk before anybody says that it is done. A rename may arrive there before
 * the bytes that it names, a ledger's row before both (fsync(2), rename(2)): after a power cut the
 * result would be half or gone, and paid for again.
 */
import { type FileHandle, open } from "node:fs/promises";
import path from "node:path";
import { systemCode } from "../../errors.ts";

/** Codes of what has no disk of its own: pipes, devices, some network file systems. */
const NOT_FOR_IT: ReadonlySet<string | undefined> = new Set(["EINVAL", "ENOTSUP", "ENOSYS"]);

/** @throws what the system says: the disk may have been full all along. */
export async function bytesOnDisk(handle: FileHandle): Promise<void> {
  try {
    await handle.datasync();
  } catch (error) {
    if (!NOT_FOR_IT.has(systemCode(error))) throw error;
  }
}

/** That a file has this name. Windows asks it of no folder, and brings it there by itself. */
export async function nameOnDisk(file: string): Promise<void> {
  const folder = await open(path.dirname(file)).catch(() => undefined);
  if (folder === undefined) return;
  try {
    await folder.sync();
  } catch {
    // The result is in its place; only the moment it gets onto the disk is the system's.
  } finally {
    await folder.close();
  }
}
