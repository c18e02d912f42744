/** The built library as another program has it: in a node_modules of its own. */
import { execFile } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { temporaryFolder } from "../cli/run.ts";

const run = promisify(execFile);
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A folder with the package, and what its users have installed beside it. */
export async function userFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = temporaryFolder();
  const modules = path.join(folder, "node_modules");
  await mkdir(modules);
  await symlink(ROOT, path.join(modules, "asr-cli"), "junction");
  for (const name of ["@types", "@ai-sdk", "ai"]) {
    await symlink(path.join(ROOT, "node_modules", name), path.join(modules, name), "junction");
  }
  await writeFile(path.join(folder, "package.json"), '{ "type": "module" }');
  for (const [name, text] of Object.entries(files)) {
    await writeFile(path.join(folder, name), text);
  }
  return folder;
}

/** Ends with what the program wrote; throws, with its stderr, where it failed. */
export async function runNode(
  folder: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const { PATH = "" } = process.env;
  return run(process.execPath, words, {
    cwd: folder,
    env: { PATH, ...env },
    timeout: 60_000,
  });
}
