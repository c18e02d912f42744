/** Workers as processes, and recordings for them. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { LAUNCHER, type Run } from "./run.ts";

export interface RunningWorker {
  readonly child: ChildProcess;
  /** What it has said so far. */
  said(): string;
  /** Resolves once it has said something like that. */
  waitFor(pattern: RegExp): Promise<void>;
  /** Signals it, and waits for its end. */
  end(signal: NodeJS.Signals): Promise<Run>;
}

export interface WorkerOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly words?: readonly string[];
  /** Another asr than the one that is built into dist. */
  readonly file?: string;
}

/** A worker that takes jobs by now. It is gone after the test. */
export async function openWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { cwd, env, words = [], file } = options;
  const [command, ...before] = file === undefined ? [process.execPath, LAUNCHER] : [file];
  const child = spawn(command, [...before, "worker", "-v", ...words], {
    cwd,
    env: { PATH: process.env.PATH ?? "", HOME: cwd, TMPDIR: tmpdir(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  const watchers = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    for (const watch of watchers) watch();
  });
  const gone = new Promise<Run>((resolve) =>
    child.once("close", (code) => {
      resolve({ code, stdout, stderr });
      for (const watch of watchers) watch();
    }),
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  const waitFor = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const watch = (): void => {
        if (pattern.test(stderr)) resolve();
        else if (child.exitCode !== null) reject(new Error(`the worker ended:\n${stderr}`));
        else return;
        watchers.delete(watch);
      };
      watchers.add(watch);
      watch();
    });
  await waitFor(/working for /);
  return {
    child,
    said: () => stderr,
    waitFor,
    end(signal) {
      child.kill(signal);
      return gone;
    },
  };
}

/** Recordings of one second each, 16 kHz, mono, no two alike: 000.wav, 001.wav, … */
export async function writeClips(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let index = 0; index < count; index++) {
    const name = `${String(index).padStart(3, "0")}.wav`;
    await writeFile(path.join(folder, name), clip(index));
  }
}

/** A tone of its own for each number; a second of it unless said otherwise. */
export function clip(number: number, sizeBytes = 32_000): Buffer {
  const rate = 16_000;
  const data = Buffer.alloc(sizeBytes);
  for (let index = 0; index < sizeBytes / 2; index++) {
    const value = 8000 * Math.sin((2 * Math.PI * (200 + number) * index) / rate);
    data.writeInt16LE(Math.round(value), index * 2);
  }
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}
