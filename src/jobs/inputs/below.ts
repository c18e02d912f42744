/** Paths below a folder, by their words alone. */
import path from "node:path";

function isOutside(relative: string): boolean {
  return relative === ".." || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
}

/** Whether an absolute path lies in a folder, at any depth. */
export function isBelow(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== "" && !isOutside(relative);
}

/** The path of a file below a folder; its bare name where it lies elsewhere. */
export function pathBelow(file: string, folder: string): string {
  return isBelow(file, folder) ? path.relative(folder, file) : path.basename(file);
}

/** All folders that a path lies in, the nearest first. */
export function* foldersAbove(file: string): Generator<string> {
  for (let current = file; current !== path.dirname(current); ) {
    current = path.dirname(current);
    yield current;
  }
}
