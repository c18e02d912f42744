/** Conflicts that only the disk knows of: symbolic and hard links. */
import { stat } from "node:fs/promises";
import path from "node:path";
import pMap from "p-map";
import { refuseConflicts } from "./conflicts.ts";
import { createFolders, type Folders } from "./folders.ts";
import { linkTarget } from "./link-target.ts";
import type { OutputPlan } from "./output-plan.ts";
import { pathKey } from "./portable-name.ts";

/** Enough to keep libuv's four threads busy. */
const LOOKS_AT_ONCE = 16;

interface Identity {
  /** One for each file, whatever path leads to it; undefined for pipes and devices. */
  readonly key: string | undefined;
  readonly exists: boolean;
}

async function identityOf(file: string, folders: Folders): Promise<Identity> {
  const byPath = async () => pathKey(await linkTarget(file, folders));
  if (!(await folders.mayHold(file))) {
    const folder = await folders.real(path.dirname(file));
    return { key: pathKey(path.join(folder, path.basename(file))), exists: false };
  }
  // Inode numbers of Windows need 64 bits.
  const status = await stat(file, { bigint: true }).catch(() => undefined);
  if (status === undefined) return { key: await byPath(), exists: false };
  if (!status.isFile()) return { key: undefined, exists: true };
  // Some network file systems number nothing.
  const key = status.ino === 0n ? await byPath() : `${status.dev}:${status.ino}`;
  return { key, exists: true };
}

/**
 * What {@link refuseConflicts} does, by what the paths lead to.
 *
 * @throws AsrError kind "usage".
 */
export async function refuseSharedFiles(plan: OutputPlan, folders: Folders): Promise<void> {
  const keys = new Map<string, string | undefined>();
  const identify = async (files: readonly string[], view: Folders): Promise<boolean> => {
    let anyExists = false;
    const look = async (file: string): Promise<void> => {
      const { key, exists } = await identityOf(file, view);
      keys.set(file, key);
      anyExists ||= exists && key !== undefined;
    };
    await pMap(files, look, { concurrency: LOOKS_AT_ONCE });
    return anyExists;
  };
  const anyExists = await identify(
    plan.files.flat().map((file) => file.path),
    folders,
  );
  // An input exists: what does not is none.
  const sources = anyExists ? plan.inputs.flatMap((input) => input.path ?? []) : [];
  await identify(sources, createFolders());
  refuseConflicts(plan, (file) => keys.get(file));
}
