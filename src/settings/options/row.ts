/** What an option is, and lists that rows share. */
import type { SettingRow } from "../value.ts";

/** Commands that take options, as the user types them. */
export type CommandName =
  | "transcribe"
  | "stream"
  | "format"
  | "lint"
  | "eval"
  | "verify"
  | "compare"
  | "providers"
  | "doctor"
  | "models list"
  | "models install"
  | "batch status"
  | "batch report"
  | "batch retry"
  | "worker"
  | "config show"
  | "config path"
  | "config init"
  | "config trust"
  | "schema"
  | "completion";

type OptionGroup =
  | "Recognition"
  | "Input"
  | "Output"
  | "Subtitles"
  | "Scoring"
  | "Cases"
  | "Network"
  | "Queue"
  | "Settings"
  | "Messages";

export interface OptionRow extends SettingRow {
  /** One letter: `p` for `-p`. */
  readonly short?: string;
  /** What the help calls the value; a boolean has none. */
  readonly argument?: string;
  readonly group: OptionGroup;
  readonly commands: readonly CommandName[] | "all";
  /** Where it may be given; `file` stands for every config file and profile. */
  readonly from?: readonly ("flag" | "environment" | "file")[];
  /** May be given several times, an item each; such a flag is not split at commas. */
  readonly repeatable?: boolean;
  /** Key of an option that contradicts this one. */
  readonly excludes?: string;
  /** A password in it may come from a variable or a file, but not from the flag. */
  readonly flagWithoutPassword?: boolean;
  /** The help shows `--no-…` instead of the flag itself. */
  readonly shownNegated?: boolean;
}

export const TRANSCRIBE = ["transcribe"] as const;
/** Commands that turn recordings into text. */
export const TRANSCRIBERS = ["transcribe", "batch retry"] as const;
export const STREAM = ["stream"] as const;
/** Commands whose work is a transcript. */
export const RECOGNISERS = [...TRANSCRIBERS, "stream"] as const;
/** Commands that write transcripts where and how the user wants them. */
export const WRITERS = ["transcribe", "stream", "format"] as const;
/** Commands that know subtitle styles. */
export const STYLED = [...WRITERS, "lint"] as const;
export const LINT = ["lint"] as const;
export const EVAL = ["eval"] as const;
/** Commands that ask a recogniser. */
export const ASKERS = [...RECOGNISERS, "eval"] as const;
/** The same, with the one that asks several at once: it takes nothing in one provider's own words. */
export const ALL_ASKERS = [...ASKERS, "compare"] as const;
/** Of those, the ones that ask for recordings. */
export const FILE_ASKERS = [...TRANSCRIBERS, "eval", "compare"] as const;
export const VERIFY = ["verify"] as const;
/** Commands that can write a report. */
export const REPORTS = [
  "transcribe",
  "lint",
  "eval",
  "verify",
  "compare",
  "providers",
  "doctor",
  "models list",
  "batch status",
  "batch report",
  "config show",
  "config path",
] as const;
/** Commands that read settings files and use what they say. */
export const READERS = [
  ...RECOGNISERS,
  "format",
  "lint",
  "eval",
  "verify",
  "compare",
  "providers",
  "batch status",
  "batch report",
  "worker",
  "config show",
] as const;
export const NETWORKED = [...ALL_ASKERS, "verify", "doctor", "worker"] as const;
export const NOT_FROM_FILE = ["flag", "environment"] as const;
