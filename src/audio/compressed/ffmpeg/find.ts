/** Looks for an installed ffmpeg. */
import { type Environment, findProgram, variableOf } from "../../find-program.ts";
import type { MediaTools } from "../../types.ts";

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
    const value = variableOf(environment, name, platform);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ffmpeg,
    ...(ffprobe === undefined ? {} : { ffprobe }),
    environment: Object.fromEntries(kept),
  };
}
