/** Looks for an installed ffmpeg. */
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import path from "node:path";
import type { MediaTools } from "../../types.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Programs that need no shell to start; batch files do. */
const WINDOWS_ENDINGS = [".exe", ".com"];

/**
 * What ffmpeg is started with: where programs and libraries lie, and nothing that makes it write
 * reports (`FFREPORT`) or that it could give away.
 */
const KEPT_VARIABLES = [
  "PATH",
  "HOME",
  "TMPDIR",
  "LD_LIBRARY_PATH",
  "DYLD_LIBRARY_PATH",
  "SystemRoot",
  "TEMP",
];

/**
 * The ffmpeg that a shell would start, and the ffprobe beside it or elsewhere in the path. Only
 * absolute entries of the path count: a folder of downloads must not bring its own ffmpeg.
 *
 * @returns undefined where there is none.
 */
export async function findMediaTools(
  environment: Environment,
  platform: NodeJS.Platform,
): Promise<MediaTools | undefined> {
  const ffmpeg = await findProgram("ffmpeg", environment, platform);
  if (ffmpeg === undefined) return undefined;
  const ffprobe = await findProgram("ffprobe", environment, platform);
  const kept = KEPT_VARIABLES.flatMap((name) => {
    const value = variable(environment, name, platform);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ffmpeg,
    ...(ffprobe === undefined ? {} : { ffprobe }),
    environment: Object.fromEntries(kept),
  };
}

async function findProgram(
  name: string,
  environment: Environment,
  platform: NodeJS.Platform,
): Promise<string | undefined> {
  const isWindows = platform === "win32";
  const { delimiter, isAbsolute, join } = isWindows ? path.win32 : path.posix;
  const folders = (variable(environment, "PATH", platform) ?? "")
    .split(delimiter)
    .map((folder) => (isWindows ? folder.replace(/^"(.*)"$/, "$1") : folder))
    .filter((folder) => isAbsolute(folder));
  for (const folder of folders) {
    for (const ending of isWindows ? WINDOWS_ENDINGS : [""]) {
      const file = join(folder, `${name}${ending}`);
      if (await isProgram(file)) return file;
    }
  }
  return undefined;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/** Windows does not tell upper from lower case in names of variables. */
function variable(
  environment: Environment,
  name: string,
  platform: NodeJS.Platform,
): string | undefined {
  if (platform !== "win32") return environment[name];
  const wanted = name.toLowerCase();
  return Object.entries(environment).find(([known]) => known.toLowerCase() === wanted)?.[1];
}
