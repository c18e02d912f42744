/** Paths that stand in settings files. */
import path from "node:path";
import { realPathOf } from "./folders.ts";
import type { SettingRow } from "./value.ts";

/** Whether a setting's value names a file or folder; a model may be a name or a folder. */
export function isPath(row: SettingRow, value: unknown): value is string {
  if (typeof value !== "string" || value === "-") return false;
  return row.path === true || (row.refusedUntrusted === "path" && /[/\\]|^[.~]/.test(value));
}

/** Relative to the file that names it; `~/` is the home folder. A closing slash stays. */
export function resolvePath(value: string, file: string, homeFolder: string): string {
  const fromHome = /^~(?=$|[/\\])/.test(value);
  const place = fromHome
    ? path.join(homeFolder, value.slice(1))
    : path.resolve(path.dirname(file), value);
  return /[/\\]$/.test(value) && !place.endsWith(path.sep) ? place + path.sep : place;
}

/** Whether `place`, with all links followed as far as it exists, lies in `folder`. */
export async function liesIn(folder: string, place: string): Promise<boolean> {
  const parent = path.dirname(place);
  const real = await realPathOf(place);
  if (real === undefined && parent !== place) return liesIn(folder, parent);
  const top = (await realPathOf(folder)) ?? folder;
  const relative = path.relative(top, real ?? place);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
