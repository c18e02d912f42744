/** Runs a binary as on a machine that has nothing else: no PATH, an empty home, far from here. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const AUDIO = path.join(ROOT, "fixtures", "audio");
export const BINARIES = path.join(ROOT, "dist-bin");

const X64 = [path.join(BINARIES, "asr-linux-x64")];
/** Debian's packages qemu-user, libc6-arm64-cross and libstdc++6-arm64-cross. */
const ARM64 = [
  "/usr/bin/qemu-aarch64",
  "-L",
  "/usr/aarch64-linux-gnu",
  path.join(BINARIES, "asr-linux-arm64"),
];

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** The working folder and the home. */
  readonly home?: string;
  readonly stdin?: Uint8Array;
  /** Another copy of the binary. */
  readonly file?: string;
}

/** A folder that is gone after the test. */
export function ownFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "asr-far-away-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function run(
  [command = "", ...before]: readonly string[],
  words: readonly string[],
  options: RunOptions,
) {
  const home = options.home ?? ownFolder();
  const child = spawn(command, [...before, ...words], {
    cwd: home,
    env: { HOME: home, TMPDIR: tmpdir(), ...options.env },
    stdio: "pipe",
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdin.on("error", () => {}).end(options.stdin ?? "");
  return new Promise<Run>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

export function asr(words: readonly string[], options: RunOptions = {}): Promise<Run> {
  return run(options.file === undefined ? X64 : [options.file], words, options);
}

export function asrOnArm(words: readonly string[], options: RunOptions = {}): Promise<Run> {
  return run(ARM64, words, options);
}
