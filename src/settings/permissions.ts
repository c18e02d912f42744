/** What the user should know about the files that settings came from. */
import { stat } from "node:fs/promises";
import type { FileLayers } from "./file-layers.ts";

interface FileWarning {
  readonly code: string;
  readonly message: string;
}

/** Group and others, any permission. */
const OTHERS = 0o077;

/** Warns of secrets that others can read, and of files left out because of their owner. */
export async function fileWarnings(
  files: readonly FileLayers[],
  foreign: readonly string[],
  platform: NodeJS.Platform,
): Promise<readonly FileWarning[]> {
  const warnings: FileWarning[] = foreign.map((file) => ({
    code: "config-foreign",
    message: `${file} is not read: it belongs to another user (name it by --config to use it)`,
  }));
  for (const { path: file, holdsSecrets } of files) {
    if (!holdsSecrets || platform === "win32") continue;
    const facts = await stat(file).catch(() => undefined);
    if (facts?.isFile() && (facts.mode & OTHERS) !== 0) {
      warnings.push({
        code: "config-readable",
        message: `${file} holds credentials and others can read it: let only its owner do so (mode 600)`,
      });
    }
  }
  return warnings;
}
