import systemPath, { type PlatformPath } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * A URL that leads from a page to a file: relative, so that both can be moved together. Each name is
 * percent-encoded, and none can be read as a scheme ("javascript:…") or as another host.
 *
 * @param file absolute
 * @param folder absolute, the page's
 * @param path of the system whose paths they are
 */
export function linkTo(file: string, folder: string, path: PlatformPath = systemPath): string {
  const way = path.relative(folder, file);
  // On another disk of Windows.
  if (path.isAbsolute(way)) return pathToFileURL(file, { windows: path === systemPath.win32 }).href;
  const names = way.split(path.sep).map((name) => encodeURIComponent(name.toWellFormed()));
  return names[0] === ".." ? names.join("/") : `./${names.join("/")}`;
}
