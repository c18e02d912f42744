/** Runs the commands of a block in one shell, as a reader would who types them in. */
import { spawn } from "node:child_process";
import { mkdtemp, readFile } from "node:fs/promises";
import path from "node:path";
import type { Command } from "./commands.ts";

export interface Shell {
  readonly workingFolder: string;
  /** For what the commands say, while they run. */
  readonly temporaryFolder: string;
  readonly environment: Readonly<Record<string, string>>;
}

export interface Outcome {
  /** Undefined: it never came to this command. */
  readonly exitCode: number | undefined;
  /** stdout and stderr as a terminal would mix them. */
  readonly said: string;
}

const LIMIT_MS = 90_000;

/** `NAME=…` is a secret of the reader's own: here the environment has it already. */
function withOwnSecrets(text: string): string {
  return text.replaceAll(/\b([A-Z][A-Z_]+)=…/g, '$1="$$$1"');
}

/** One script: a function would hide `cd` and `export`, so each command is a group of its own. */
function scriptOf(commands: readonly Command[], folder: string): string {
  const groups = commands.map(({ text }, index) => {
    const file = `${folder}/${index}`;
    return (
      `{ (exit "$last")\n${withOwnSecrets(text)}\n} >'${file}.said' 2>&1 </dev/null\n` +
      `last=$?; echo "$last" >'${file}.code'`
    );
  });
  return ["set -o pipefail", "last=0", ...groups].join("\n");
}

export async function runCommands(
  commands: readonly Command[],
  shell: Shell,
  isLocal: boolean,
): Promise<Outcome[]> {
  const folder = await mkdtemp(path.join(shell.temporaryFolder, "block-"));
  const child = spawn("bash", ["-c", scriptOf(commands, folder)], {
    cwd: shell.workingFolder,
    env: { ...shell.environment, ...(isLocal ? {} : { ASR_PROVIDER: "tencent-flash" }) },
    stdio: "ignore",
    detached: true,
  });
  const timer = setTimeout(() => killGroup(child.pid), LIMIT_MS);
  await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  clearTimeout(timer);
  return Promise.all(
    commands.map(async (_, index) => {
      const read = (name: string) =>
        readFile(path.join(folder, `${index}.${name}`), "utf8").catch(() => "");
      const code = await read("code");
      return { exitCode: code === "" ? undefined : Number(code), said: await read("said") };
    }),
  );
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}
