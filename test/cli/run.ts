/** Runs the built command as a user's shell would. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const LAUNCHER = path.join(ROOT, "bin", "asr.js");
export const AUDIO = path.join(ROOT, "fixtures", "audio");

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly stdin?: string | Uint8Array;
  /** Writes into stdin as it likes, and ends it, or leaves it open. */
  readonly feed?: (stdin: Writable) => void;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Called with the process, to signal it. */
  readonly started?: (child: ReturnType<typeof spawn>) => void;
  /** Called with each piece of output, and the process to signal or close. */
  readonly watch?: (text: string, child: ReturnType<typeof spawn>) => void;
}

/** A folder that is gone after the test; also the home folder of {@link asr}, so it stays alone. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "asr-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs `asr` with a clean environment and home. */
export function asr(words: readonly string[], options: RunOptions = {}): Promise<Run> {
  const cwd = options.cwd ?? temporaryFolder();
  const child = spawn(process.execPath, [LAUNCHER, ...words], {
    cwd,
    env: { PATH: process.env.PATH ?? "", HOME: cwd, TMPDIR: tmpdir(), ...options.env },
    stdio: "pipe",
  });
  options.started?.(child);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    options.watch?.(text, child);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    options.watch?.(text, child);
  });
  // A command that does not read its input closes it: no fault of the test.
  child.stdin.on("error", () => {});
  if (options.feed === undefined) child.stdin.end(options.stdin ?? "");
  else options.feed(child.stdin);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
