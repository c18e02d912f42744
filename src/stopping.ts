/** What ends a command: signals, and a reader of stdout that went away. */
import type { AsrError } from "./errors.ts";

/**
 * Within this time it is one decision: `timeout` of GNU sends its signal to the program and then to
 * its whole group; a terminal that closes breaks the output, and sends SIGHUP by two ways.
 */
const ONE_DECISION_MS = 200;

export interface Stopping {
  /** Aborted where everything is to stop. */
  readonly signal: AbortSignal;
  /**
   * From here on the first signal, or a closed stdout, aborts only what is returned: the command
   * ends in its own time. The next signal is for everything.
   */
  ending(): AbortSignal;
  /**
   * A signal that comes with the one before is the same.
   *
   * @returns false where everything is told to stop already: the user does not want to wait.
   */
  signalled(reason: AsrError): boolean;
  outputClosed(reason: AsrError): void;
}

/** @param now milliseconds that rise */
export function createStopping(now: () => number): Stopping {
  const everything = new AbortController();
  let ending: AbortController | undefined;
  let isSignalled = false;
  let decidedAtMs = Number.NEGATIVE_INFINITY;

  function stop(reason: AsrError): void {
    decidedAtMs = now();
    if (ending !== undefined && !ending.signal.aborted) ending.abort(reason);
    else if (!everything.signal.aborted) everything.abort(reason);
  }

  return {
    signal: everything.signal,
    ending() {
      ending ??= new AbortController();
      return ending.signal;
    },
    signalled(reason) {
      if (now() - decidedAtMs < ONE_DECISION_MS) return true;
      if (isSignalled && everything.signal.aborted) return false;
      isSignalled = true;
      stop(reason);
      return true;
    },
    outputClosed(reason) {
      // Whoever ends in his own time goes on without it.
      if (ending === undefined || !ending.signal.aborted) stop(reason);
    },
  };
}
