/**
 * Runs ffmpeg or ffprobe: no shell, a small environment, bounded buffers, and no process left
 * behind however the reading ends.
 */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { startError } from "./errors.ts";

/** What is kept of the standard error; the rest is read and dropped. */
const COMPLAINT_BYTES = 8 * 1024;
const COMPLAINT_CHARACTERS = 200;

export interface ToolRun {
  readonly program: string;
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** What goes into its standard input; it may stop reading early. Told to stop by the signal. */
  readonly input?: ((signal: AbortSignal) => AsyncIterable<Uint8Array>) | undefined;
}

/** How it ended of its own accord. */
export interface ToolEnd {
  /** Ended with the exit code 0. */
  readonly ok: boolean;
  /** Somebody else ended it before it was done: the signal ("SIGKILL"), or that it was told to stop. */
  readonly endedBy?: string;
  /** The first line that it wrote to its standard error. */
  readonly complaint?: string;
}

/** ffmpeg's own after SIGINT, SIGTERM and the like, which it takes for the end (ffmpeg.c, "main"). */
const TOLD_TO_STOP = 255;

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * Yields the standard output. Left early, or aborted, the process is killed and waited for.
 *
 * @returns how it ended.
 * @throws AsrError kind "usage" where the program does not start; the signal's reason; what
 *   reading its input throws.
 */
export async function* toolOutput(
  run: ToolRun,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, ToolEnd> {
  signal?.throwIfAborted();
  const child: Child = spawn(run.program, run.words, {
    env: { ...run.environment },
    shell: false,
    windowsHide: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const stop = new AbortController();
  const kill = () => {
    stop.abort();
    child.kill("SIGKILL");
    child.stdout.destroy();
    child.stderr.destroy();
    child.stdin.destroy();
  };
  child.stdin.on("error", () => {});
  child.stderr.on("error", () => {});
  const complaint = collectComplaint(child.stderr);
  await once(child, "spawn").catch((error: unknown) => {
    throw startError(run.program, error);
  });
  const closed = new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.once("close", (exitCode, endSignal) => resolve([exitCode, endSignal]));
  });
  signal?.addEventListener("abort", kill, { once: true });
  const fed = feed(child.stdin, run.input, stop.signal, kill);
  try {
    if (signal?.aborted) kill();
    try {
      for await (const chunk of child.stdout) {
        signal?.throwIfAborted();
        yield chunk;
      }
    } catch (error) {
      stop.abort();
      signal?.throwIfAborted();
      await throwFailure(fed);
      throw error;
    }
    const [exitCode, endSignal] = await closed;
    stop.abort();
    signal?.throwIfAborted();
    await throwFailure(fed);
    const said = complaint();
    const isTold = exitCode === TOLD_TO_STOP && said === undefined;
    const endedBy = endSignal ?? (isTold ? "a signal" : undefined);
    return {
      ok: exitCode === 0,
      ...(endedBy === undefined ? {} : { endedBy }),
      ...(said === undefined ? {} : { complaint: said }),
    };
  } finally {
    signal?.removeEventListener("abort", kill);
    kill();
    await closed;
    await fed;
  }
}

/**
 * Gives the input to the process.
 *
 * @returns what reading the input threw, in an array; empty where nothing did.
 */
async function feed(
  stdin: Writable,
  input: ToolRun["input"],
  signal: AbortSignal,
  kill: () => void,
): Promise<readonly unknown[]> {
  if (input === undefined) {
    stdin.end();
    return [];
  }
  const failures: unknown[] = [];
  async function* guarded(): AsyncGenerator<Uint8Array> {
    try {
      yield* input?.(signal) ?? [];
    } catch (error) {
      if (!signal.aborted) {
        failures.push(error);
        kill();
      }
      throw error;
    }
  }
  // A process that has seen enough closes its end: that is no failure.
  await pipeline(guarded, stdin, { signal }).catch(() => {});
  return failures;
}

async function throwFailure(fed: Promise<readonly unknown[]>): Promise<void> {
  const failures = await fed;
  if (failures.length > 0) throw failures[0];
}

/** Reads a standard error to its end; the function returned gives the first line so far. */
function collectComplaint(stderr: Readable): () => string | undefined {
  let text = "";
  stderr.setEncoding("utf8").on("data", (piece: string) => {
    if (text.length < COMPLAINT_BYTES) text += piece.slice(0, COMPLAINT_BYTES);
  });
  return () => firstLine(text);
}

/** Without the address that ffmpeg puts in front ("[mov @ 0x5581…]"), and without controls. */
function firstLine(text: string): string | undefined {
  for (const line of text.split(/[\r\n]+/)) {
    const plain = line
      .replace(/^(?:\[[^\]]* @ 0x[0-9a-f]+\]\s*)+/i, "")
      .replace(/[\x00-\x1f\x7f-\x9f]+/g, " ")
      .trim();
    if (plain !== "") return plain.slice(0, COMPLAINT_CHARACTERS);
  }
  return undefined;
}
