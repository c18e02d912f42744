/** Where `asr verify` may write: a case may be somebody else's, so nowhere but in its folder. */
import { realpath } from "node:fs/promises";
import path from "node:path";
import { usageError } from "../../errors.ts";
import { linkTarget } from "../../jobs/outputs/link-target.ts";
import type { LocatedCase } from "./cases.ts";

/**
 * @param file of the case, below its folder
 * @returns its absolute path
 * @throws AsrError kind "usage" where it, or what it is a link to, is outside of the folder
 */
export async function targetInside({ folder }: LocatedCase, file: string): Promise<string> {
  const target = path.join(folder, file);
  const [real, written] = await Promise.all([realpath(folder), linkTarget(target)]);
  const relative = path.relative(real, written);
  if (relative !== "" && relative.split(path.sep)[0] !== ".." && !path.isAbsolute(relative)) {
    return target;
  }
  throw usageError(
    `${file} is outside of the folder of the cases`,
    "name the folder that holds it as well, or move it: only files in that folder are written",
  );
}
