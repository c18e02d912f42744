/** Runs `main` inside the test, with streams of its own: quick, and seen by the coverage. */
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { Readable } from "node:stream";
import { main } from "../../src/cli.ts";
import type { TextOutput, World } from "../../src/commands/world.ts";
import { createConsole } from "../../src/terminal/console.ts";
import { type Run, type RunOptions, temporaryFolder } from "./run.ts";

type InProcessOptions = Omit<RunOptions, "watch" | "started" | "feed"> & {
  readonly signal?: AbortSignal;
  readonly ending?: AbortSignal;
};

/** A world of the test's own; what is written to it is kept in `written`. */
export function inProcessWorld(
  written = { stdout: "", stderr: "" },
  options: InProcessOptions = {},
): World {
  const cwd = options.cwd ?? temporaryFolder();
  const output = (name: keyof typeof written): TextOutput => ({
    isTerminal: false,
    columns: 0,
    write: async (text) => {
      written[name] += text;
    },
  });
  const cleanups = new Set<() => void>();
  return {
    stdin: { isTerminal: false, bytes: () => Readable.from([Buffer.from(options.stdin ?? "")]) },
    stdout: output("stdout"),
    stderr: output("stderr"),
    startProgress: async () => undefined,
    console: createConsole((text) => {
      written.stderr += text;
    }),
    environment: options.env ?? {},
    workingFolder: cwd,
    homeFolder: cwd,
    temporaryFolder: tmpdir(),
    platform: process.platform,
    userId: process.getuid?.(),
    signal: options.signal ?? new AbortController().signal,
    ending: () => options.ending ?? new AbortController().signal,
    onSuspend: () => () => {},
    now: Date.now,
    randomBytes: (count) => new Uint8Array(randomBytes(count)),
    onExit(cleanup) {
      cleanups.add(cleanup);
      return () => cleanups.delete(cleanup);
    },
  };
}

export async function asrInProcess(
  words: readonly string[],
  options: InProcessOptions = {},
): Promise<Run> {
  const written = { stdout: "", stderr: "" };
  const code = await main(words, inProcessWorld(written, options));
  return { code, ...written };
}
