/** Where the user's own data of the program is. */
import path from "node:path";

export interface DataSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
  readonly platform: NodeJS.Platform;
}

/**
 * The user's data folder: `%LOCALAPPDATA%\asr` on Windows, `~/Library/Application Support/asr` on
 * macOS, else `$XDG_DATA_HOME/asr` or `~/.local/share/asr` (XDG Base Directory Specification: a
 * relative path there is ignored).
 */
export function dataFolder({ environment, homeFolder, platform }: DataSurroundings): string {
  const { join, isAbsolute } = platform === "win32" ? path.win32 : path.posix;
  const usual = {
    win32: ["AppData", "Local"],
    darwin: ["Library", "Application Support"],
  } as Readonly<Record<string, readonly string[]>>;
  const named = platform === "win32" ? environment.LOCALAPPDATA : environment.XDG_DATA_HOME;
  if (platform !== "darwin" && named !== undefined && isAbsolute(named)) return join(named, "asr");
  return join(homeFolder, ...(usual[platform] ?? [".local", "share"]), "asr");
}
