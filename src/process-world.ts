/** The real world: this process's streams, signals and clock. */
import { tmpdir } from "node:os";
import type { TextOutput, World } from "./commands/world.ts";
import { AsrError, systemCode } from "./errors.ts";
import { ownHomeFolder } from "./installation/home-folder.ts";
import { createStopping, type Stopping } from "./stopping.ts";
import { createConsole } from "./terminal/console.ts";
import { startProgress } from "./terminal/progress.ts";

/** The reader of stdout went away: a quiet end, exit 0. */
function outputClosed(): AsrError {
  return new AsrError("interrupted", "the reader of the output went away", { exitCode: 0 });
}

/** A pipe without a reader, or a terminal that was closed: an error of input and output to it. */
function isReaderGone(error: Error, stream: OutputStream): boolean {
  const code = systemCode(error);
  return code === "EPIPE" || (code === "EIO" && stream.isTTY === true);
}

type OutputStream = Pick<NodeJS.WriteStream, "isTTY" | "getWindowSize" | "write"> &
  NodeJS.EventEmitter;

/** @param onClosed nobody reads any more; writes reject with kind "interrupted" then */
export function textOutput(stream: OutputStream, onClosed: () => void): TextOutput {
  // Without a listener a broken pipe would end the process by an exception.
  stream.on("error", (error) => {
    if (isReaderGone(error, stream)) onClosed();
  });
  return {
    isTerminal: stream.isTTY === true,
    // Asked of the system each time: a terminal changes its size, and the signal comes later.
    get columns() {
      return stream.isTTY === true ? (stream.getWindowSize()[0] ?? 0) : 0;
    },
    write: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => {
          if (error === null || error === undefined) resolve();
          else if (isReaderGone(error, stream)) reject(outputClosed());
          else {
            reject(
              new AsrError("output", "can't write to the output", {
                reason: systemCode(error) ?? error.message,
                hint: "free some space there, or write into files with -o",
                stopsBatch: true,
                cause: error,
              }),
            );
          }
        });
      }),
  };
}

/** Exit codes of signals: 128 + number; a lost terminal and Ctrl-Break count as SIGTERM. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 143, SIGBREAK: 143 } as const;

function listenToSignals(stopping: Stopping): void {
  for (const [signal, exitCode] of Object.entries(SIGNALS)) {
    if (signal === "SIGBREAK" && process.platform !== "win32") continue;
    process.on(signal, () => {
      const heard = stopping.signalled(new AsrError("interrupted", "interrupted", { exitCode }));
      // A user who asks again does not want to wait for a clean end.
      if (!heard) process.exit(exitCode);
    });
  }
}

function onSuspend(before: () => void, after: () => void): () => void {
  if (process.platform === "win32") return () => {};
  function suspend(): void {
    before();
    // Without a listener the system does with the signal what it does by default: it stops the
    // program here, or, where no shell could wake it again, does nothing.
    process.off("SIGTSTP", suspend);
    process.kill(process.pid, "SIGTSTP");
    process.on("SIGTSTP", suspend);
    after();
  }
  process.on("SIGTSTP", suspend);
  return () => void process.off("SIGTSTP", suspend);
}

export function createProcessWorld(): World {
  const stopping = createStopping(() => performance.now());
  listenToSignals(stopping);
  const cleanups = new Set<() => void>();
  process.on("exit", () => {
    for (const cleanup of cleanups) cleanup();
  });
  const stderr = textOutput(process.stderr, () => {});
  return {
    stdin: {
      // Opened when it is asked for: that takes longer than most of the start.
      get isTerminal() {
        return process.stdin.isTTY === true;
      },
      bytes: () => process.stdin,
    },
    stdout: textOutput(process.stdout, () => stopping.outputClosed(outputClosed())),
    stderr,
    // Without a width ora counts endless lines (a pseudo-terminal that was given no size).
    startProgress: (text, colored) =>
      stderr.columns > 0 && process.env.TERM !== "dumb"
        ? startProgress(process.stderr, text, colored)
        : Promise.resolve(undefined),
    console: createConsole((text) => {
      // Nobody is left to be told when stderr itself is broken.
      stderr.write(text).catch(() => {});
    }),
    environment: process.env,
    workingFolder: process.cwd(),
    homeFolder: ownHomeFolder(),
    temporaryFolder: tmpdir(),
    platform: process.platform,
    userId: process.getuid?.(),
    signal: stopping.signal,
    ending: stopping.ending,
    onSuspend,
    now: Date.now,
    // Taken when it is needed: loading it takes as long as all the rest of the start.
    randomBytes: (count) =>
      new Uint8Array(process.getBuiltinModule("node:crypto").randomBytes(count)),
    onExit(cleanup) {
      cleanups.add(cleanup);
      return () => cleanups.delete(cleanup);
    },
  };
}
