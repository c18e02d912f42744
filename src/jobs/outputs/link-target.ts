/** Where a write to a path ends up, links followed. */
import { readlink } from "node:fs/promises";
import path from "node:path";
import { createFolders, type Folders } from "./folders.ts";

/** As many links in a row as Linux follows (path_resolution(7)). */
const MOST_LINKS = 40;

/** The path and, one link further each, where it leads. */
export async function* linksFrom(
  file: string,
  folders: Pick<Folders, "real"> = createFolders(),
): AsyncGenerator<string> {
  let current = file;
  for (let links = 0; links <= MOST_LINKS; links++) {
    yield current;
    const folder = await folders.real(path.dirname(current));
    // No link, or nothing at all: the end of the way.
    const target = await readlink(path.join(folder, path.basename(current))).catch(() => undefined);
    if (target === undefined) return;
    current = path.resolve(folder, target);
  }
}

/** The real path of a file, which may still have to be made: a link to it stays a link. */
export async function linkTarget(
  file: string,
  folders: Pick<Folders, "real"> = createFolders(),
): Promise<string> {
  let last = file;
  for await (const current of linksFrom(file, folders)) last = current;
  return path.join(await folders.real(path.dirname(last)), path.basename(last));
}
