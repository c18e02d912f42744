/** Runs `main` inside the test, with streams of its own: quick, and seen by the coverage. */
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { Readable } from "node:stream";
import { main } from "../../src/cli.ts";
import type { TextOutput } from "../../src/commands/world.ts";
import { createConsole } from "../../src/terminal/console.ts";
import { type Run, type RunOptions, temporaryFolder } from "./run.ts";

export async function asrInProcess(
  words: readonly string[],
  options: Omit<RunOptions, "watch"> & { readonly signal?: AbortSignal } = {},
): Promise<Run> {
  const cwd = options.cwd ?? temporaryFolder();
  const written = { stdout: "", stderr: "" };
  const output = (name: keyof typeof written): TextOutput => ({
    isTerminal: false,
    columns: 0,
    write: async (text) => {
      written[name] += text;
    },
  });
  const cleanups = new Set<() => void>();
  const code = await main(words, {
    stdin: { isTerminal: false, bytes: () => Readable.from([Buffer.from(options.stdin ?? "")]) },
    stdout: output("stdout"),
    stderr: output("stderr"),
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
    now: Date.now,
    randomBytes: (count) => new Uint8Array(randomBytes(count)),
    onExit(cleanup) {
      cleanups.add(cleanup);
      return () => cleanups.delete(cleanup);
    },
  });
  return { code, ...written };
}
