/** What a command may touch of the process. `cli.ts` makes the real one; tests make their own. */
import type { Readable } from "node:stream";
import type { Console, ProgressLine } from "../terminal/console.ts";

/** A text stream towards the user or the next program. */
export interface TextOutput {
  readonly isTerminal: boolean;
  /** Width of the terminal now; 0 where it has none or says none: then nothing is redrawn there. */
  readonly columns: number;
  /** Resolves once the text has been handed to the system; rejects when the stream is broken. */
  write(text: string): Promise<void>;
}

export interface World {
  readonly stdin: {
    readonly isTerminal: boolean;
    bytes(): Readable;
  };
  /** Results, and nothing else. */
  readonly stdout: TextOutput;
  /** Everything else. */
  readonly stderr: TextOutput;
  /** A line redrawn in place on stderr; undefined where that is no terminal to redraw on. */
  startProgress(text: string, colored: boolean): Promise<ProgressLine | undefined>;
  /** The voice on stderr; commands settle its format once they know the settings. */
  readonly console: Console;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
  readonly homeFolder: string;
  readonly temporaryFolder: string;
  readonly platform: NodeJS.Platform;
  /** Undefined where files have no owner (Windows). */
  readonly userId: number | undefined;
  /** Aborted by a signal (reason: an `AsrError` "interrupted") or a closed stdout. */
  readonly signal: AbortSignal;
  /**
   * For a command that ends in its own time: from here on the first signal, or a closed stdout,
   * aborts only what is returned. The next signal aborts `signal`.
   */
  ending(): AbortSignal;
  /**
   * `before` runs when the user suspends the program (Ctrl-Z), `after` when it goes on; neither may
   * wait. Returns what ends that.
   */
  onSuspend(before: () => void, after: () => void): () => void;
  /** Milliseconds since the epoch. */
  now(): number;
  randomBytes(count: number): Uint8Array;
  /** Runs when the process ends by whatever way; must not wait. */
  onExit(cleanup: () => void): () => void;
}
