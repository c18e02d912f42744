/** Runs a recorder: its samples as they come, and no process left behind. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { type AsrError, audioError, messageOf, systemCode, usageError } from "../../errors.ts";
import type { FoundRecorder } from "./find-recorder.ts";
import { lastLineOf } from "./last-line.ts";

/** How long a recorder may take to hand on what it has when it is told to stop. */
const STOP_MS = 1000;

/** What a recorder may touch of the world. */
export interface RecorderWorld {
  readonly platform: NodeJS.Platform;
  /** Rejects with the signal's reason when aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Runs when the process ends by whatever way. */
  readonly onExit: (cleanup: () => void) => () => void;
  /** For `-v`: what it says on its standard error. */
  readonly log: (line: string) => void;
}

export interface RunningRecorder {
  /**
   * Its samples, once. The pass throws the signal's reason, or why the recorder ended by itself: an
   * `AsrError` of kind "audio".
   */
  chunks(signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** Tells it to stop; what it still has comes before the chunks end. */
  stop(): void;
  /** Stops it if need be, and resolves when it is gone. */
  gone(): Promise<void>;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

/**
 * Starts a recorder in a process group of its own: a Ctrl-C in the terminal is for `asr` alone,
 * which then lets the recorder hand on the end of the last word.
 *
 * @throws AsrError kind "usage" where it does not start.
 */
export async function startRecorder(
  recorder: FoundRecorder,
  { platform, sleep, onExit, log }: RecorderWorld,
): Promise<RunningRecorder> {
  const { name, program, words, environment } = recorder;
  const isWindows = platform === "win32";
  const child: Child = spawn(program, words, {
    env: { ...environment },
    shell: false,
    windowsHide: true,
    detached: !isWindows,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lastLine = lastLineOf(child.stderr, log);
  await once(child, "spawn").catch((error: unknown) => {
    throw usageError(
      `${program}: can't be started`,
      `install ${name} again, or take it out of the PATH`,
      systemCode(error) ?? messageOf(error),
    );
  });
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const reaped = new AbortController();
  const signalAll = (name: NodeJS.Signals): void => {
    if (child.pid === undefined || reaped.signal.aborted) return;
    try {
      // The whole group, as long as one of it lives: a recorder may be a script around another.
      if (isWindows) child.kill(name);
      else process.kill(-child.pid, name);
    } catch {
      // Gone in the meantime.
    }
  };
  const forget = onExit(() => signalAll("SIGKILL"));
  closed.then(() => {
    forget();
    reaped.abort();
  });
  let isStopping = false;

  function stop(): void {
    if (isStopping) return;
    isStopping = true;
    signalAll("SIGINT");
    sleep(STOP_MS, reaped.signal).then(
      () => signalAll("SIGKILL"),
      () => {},
    );
  }

  async function* chunks(signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const abandon = (): void => {
      stop();
      child.stdout.destroy();
    };
    signal.addEventListener("abort", abandon, { once: true });
    if (signal.aborted) abandon();
    let isSilent = true;
    try {
      for await (const chunk of child.stdout) {
        isSilent = false;
        yield chunk;
      }
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener("abort", abandon);
    }
    signal.throwIfAborted();
    await closed;
    if (isStopping || (child.exitCode === 0 && !isSilent)) return;
    throw endedError(name, child, lastLine());
  }

  return {
    chunks,
    stop,
    async gone() {
      stop();
      child.stdout.destroy();
      await closed;
    },
  };
}

function endedError(name: string, child: Child, lastLine: string | undefined): AsrError {
  const { exitCode, signalCode } = child;
  const end = signalCode === null ? `exit code ${exitCode}` : `signal ${signalCode}`;
  return audioError(
    `the recorder ${name} ended`,
    "is a microphone there, and may this user record? --mic DEVICE names another",
    lastLine === undefined ? end : `${lastLine} (${end})`,
  );
}
