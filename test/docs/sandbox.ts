/** A machine of one page's own: a home, a working folder with the files it names, the vendors. */
import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { AUDIO, LAUNCHER, ROOT } from "../cli/run.ts";
import { openAccounts } from "./accounts.ts";
import { FILES } from "./files.ts";
import { commandText, type Page } from "./pages.ts";
import { openQueue } from "./queue.ts";
import type { Shell } from "./shell.ts";
import { STAND_INS } from "./stand-ins.ts";

export interface Sandbox extends Shell {
  /** Rules of the vendors that were broken so far. */
  violations(): readonly string[];
  close(): Promise<void>;
}

/** Whether commands need a file of the table: they name it, and do not write it first. */
export function isNeeded(file: string, text: string): boolean {
  const name = file.replaceAll(".", "\\.");
  const first = new RegExp(`(\\S*\\s)?(?<![\\w./-])${name}(?![\\w.-])`).exec(text);
  return first !== null && !/^(?:-o|--record|>) $/.test(first[1] ?? "");
}

const realPath = (): string => process.env.PATH ?? "";

/** Who puts a batch on a queue has no credentials here: a worker recognises it, or nobody. */
async function writePrograms(folder: string, secrets: readonly string[]): Promise<void> {
  const asr = `case "$* $ASR_QUEUE" in
transcribe*redis*) unset ${secrets.join(" ")} ;;
esac
exec "${process.execPath}" "${LAUNCHER}" "$@"`;
  for (const [name, script] of Object.entries({ asr, ...STAND_INS })) {
    const program = path.join(folder, name);
    // asr hands on to a recorder or a decoder few of its variables.
    const packages = path.join(ROOT, "node_modules");
    const variables = `AUDIO='${AUDIO}'\nPACKAGES='${packages}'\nREAL_PATH='${realPath()}'`;
    await writeFile(program, `#!/bin/sh\n${variables}\n${script}\n`);
    await chmod(program, 0o755);
  }
}

export async function openSandbox(page: Page): Promise<Sandbox> {
  const root = await mkdtemp(path.join(tmpdir(), "asr-docs-"));
  const folder = (name: string) => path.join(root, name);
  for (const name of ["work", "bin", "tmp"]) await mkdir(folder(name));
  const vendors = await openAccounts();
  await writePrograms(folder("bin"), vendors.secrets);
  const queue = await openQueue(page);
  const environment = {
    ...vendors.environment,
    ...queue.environment,
    PATH: `${folder("bin")}${path.delimiter}${realPath()}`,
    HOME: folder("work"),
    TMPDIR: folder("tmp"),
    LANG: "C.UTF-8",
    AUDIO,
    FIXTURES: path.join(ROOT, "fixtures"),
    DOCS: path.join(ROOT, "test", "docs"),
  };
  const commands = commandText(page);
  for (const [name, script] of Object.entries(FILES)) {
    if (!isNeeded(name, commands)) continue;
    await promisify(execFile)("bash", ["-euo", "pipefail", "-c", script], {
      cwd: folder("work"),
      env: environment,
    });
  }
  return {
    workingFolder: folder("work"),
    temporaryFolder: folder("tmp"),
    environment,
    places: { ...queue.places, "/mnt/": `${folder("work")}/mnt/` },
    violations: vendors.violations,
    async close() {
      await queue.close();
      await vendors.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
