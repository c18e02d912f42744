/** Runs the commands of a block in one shell, as a reader would who types them in. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile } from "node:fs/promises";
import path from "node:path";
import type { Command } from "./commands.ts";
import { END_SERVERS, isServer, serverScript } from "./servers.ts";

export interface Shell {
  readonly workingFolder: string;
  /** For what the commands say, while they run. */
  readonly temporaryFolder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What stands here for a host or a folder of the reader's own, by the name that pages give it. */
  readonly places: Readonly<Record<string, string>>;
}

export interface Outcome {
  /** Undefined: it never came to this command. */
  readonly exitCode: number | undefined;
  /** stdout and stderr as a terminal would mix them. */
  readonly said: string;
}

export interface BlockRun {
  readonly outcomes: readonly Outcome[];
  /** Ends the servers that the block has left running; those of its outcomes that are of servers. */
  end(): Promise<readonly Outcome[]>;
}

const LIMIT_MS = 90_000;

/** `NAME=…` is a secret of the reader's own: here the environment has it already. */
function withOwnSecrets(text: string): string {
  return text.replaceAll(/\b([A-Z][A-Z_]+)=…/g, '$1="$$$1"');
}

function replaced(text: string, pairs: readonly (readonly [string, string])[]): string {
  return pairs.reduce((changed, [from, to]) => changed.replaceAll(from, to), text);
}

/** One script: a function would hide `cd` and `export`, so each command is a group of its own. */
function scriptOf(texts: readonly string[], folder: string): string {
  const groups = texts.map((text, index) => {
    const file = `${folder}/${index}`;
    const script = isServer(text)
      ? serverScript(text, file)
      : `{ (exit "$last")\n${text}\n} >'${file}.said' 2>&1 </dev/null\nlast=$?`;
    return `${script}; echo "$last" >'${file}.code'`;
  });
  return ["set -o pipefail", "last=0", "servers=()", ...groups, END_SERVERS].join("\n");
}

/** Resolves when all commands are through; servers among them go on until `end`. */
export async function runCommands(
  commands: readonly Command[],
  shell: Shell,
  isLocal: boolean,
): Promise<BlockRun> {
  const folder = await mkdtemp(path.join(shell.temporaryFolder, "block-"));
  const places = Object.entries(shell.places);
  const texts = commands.map(({ text }) => replaced(withOwnSecrets(text), places));
  const child = spawn("bash", ["-c", scriptOf(texts, folder)], {
    cwd: shell.workingFolder,
    env: { ...shell.environment, ...(isLocal ? {} : { ASR_PROVIDER: "tencent-flash" }) },
    stdio: ["pipe", "pipe", "ignore"],
    detached: true,
  });
  const gone = once(child, "close");
  const limited = async (moment: Promise<unknown>): Promise<void> => {
    const timer = setTimeout(() => killGroup(child.pid), LIMIT_MS);
    await moment;
    clearTimeout(timer);
  };
  const pageNames = places.map(([name, place]) => [place, name] as const);
  const outcome = async (index: number, ending: string): Promise<Outcome> => {
    const read = (name: string) =>
      readFile(path.join(folder, `${index}.${name}`), "utf8").catch(() => "");
    const code = await read(ending);
    return {
      exitCode: code === "" ? undefined : Number(code),
      said: replaced(await read("said"), pageNames),
    };
  };
  // Whoever is killed at once hears of no end.
  child.stdin.on("error", () => {});
  await limited(Promise.race([once(child.stdout, "data"), gone]));
  child.stdout.resume();
  const servers = texts.flatMap((text, index) => (isServer(text) ? [index] : []));
  const end = async (): Promise<Outcome[]> => {
    child.stdin.end();
    await limited(gone);
    return Promise.all(servers.map((index) => outcome(index, "ended")));
  };
  if (servers.length === 0) await end();
  return { outcomes: await Promise.all(texts.map((_, index) => outcome(index, "code"))), end };
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}
