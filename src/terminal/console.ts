/**
 * The program's voice on stderr: errors, warnings, notes for `-v`, and the progress line. Nobody
 * else writes there.
 */
import type { AsrError } from "../errors.ts";
import type { Warning } from "../transcript/transcript.ts";
import type { Paint } from "./report.ts";
import {
  errorAsJson,
  errorAsText,
  failureAsJson,
  type LogFormat,
  NO_PAINT,
  warningAsJson,
  warningAsText,
} from "./report.ts";
import { safeJson, sanitizeLine } from "./sanitize.ts";

export interface ConsoleOptions {
  readonly logFormat: LogFormat;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly paint: Paint;
}

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** Text that is redrawn in place, on a terminal only. */
export interface RedrawnText {
  /** Takes it away so that other text can be written. */
  clear(): void;
  stop(): void;
}

/** What is done of long work. */
export interface ProgressLine extends RedrawnText {
  update(text: string): void;
  /**
   * From now on it is asked for anew some ten times a second, however much happens meanwhile.
   *
   * @param draw makes lines that fit the terminal of that size
   */
  follow(draw: (size: TerminalSize) => string): void;
}

export interface Console {
  /** Settles how to speak, once the settings are known. */
  configure(options: Partial<ConsoleOptions>): void;
  error(error: AsrError, input?: string): void;
  /** An input of several failed, or, for programs, the only one. */
  failed(error: AsrError, input?: string): void;
  warning(warning: Warning, input?: string): void;
  /** Something a user may want to know; silenced by `--quiet`. */
  note(message: string): void;
  /** For programs only (`--log-format json`): what has happened, with its facts. */
  report(event: string, facts: Readonly<Record<string, unknown>>): void;
  /** Shown with `-v` only. */
  debug(message: string): void;
  /** What to clear before anything else is written; undefined: nothing any more. */
  attach(line: RedrawnText | undefined): void;
  /** Takes the progress away, so that a result can be written to the same terminal. */
  makeRoom(): void;
}

export function createConsole(writeText: (text: string) => void): Console {
  let voice: ConsoleOptions = {
    logFormat: "text",
    quiet: false,
    verbose: false,
    paint: NO_PAINT,
  };
  let line: RedrawnText | undefined;
  const write = (text: string): void => {
    line?.clear();
    writeText(text);
  };
  const inJson = (): boolean => voice.logFormat === "json";
  const say = (level: "info" | "debug", message: string): void => {
    if (inJson()) write(`${safeJson({ level, message })}\n`);
    else write(`${voice.paint.faint(`asr: ${sanitizeLine(message)}`)}\n`);
  };
  return {
    configure(options) {
      voice = { ...voice, ...options };
    },
    error: (error, input) =>
      write(inJson() ? errorAsJson(error, input) : errorAsText(error, voice.paint, input)),
    failed: (error, input) =>
      write(inJson() ? failureAsJson(error, input) : errorAsText(error, voice.paint, input)),
    warning(warning, input) {
      if (voice.quiet) return;
      write(inJson() ? warningAsJson(warning, input) : warningAsText(warning, voice.paint, input));
    },
    note(message) {
      if (!voice.quiet) say("info", message);
    },
    report(event, facts) {
      if (inJson() && !voice.quiet) write(`${safeJson({ level: "info", event, ...facts })}\n`);
    },
    debug(message) {
      if (voice.verbose) say("debug", message);
    },
    attach(next) {
      line = next;
    },
    makeRoom: () => line?.clear(),
  };
}
