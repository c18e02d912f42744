/**
 * Every option, declared once. Flags, `ASR_…` variables, config keys, the example file, the JSON
 * Schema and the README's table are all derived from these rows (contract: README, "Options").
 * Plain data: it is loaded by `asr --help`.
 */
import { ENCODING_NAMES, FORMAT_NAMES } from "./names.ts";
import type { SettingRow, ValuesOf } from "./value.ts";

/** Commands that take options, as the user types them. */
export type CommandName =
  | "transcribe"
  | "providers"
  | "doctor"
  | "config show"
  | "config path"
  | "config init"
  | "config trust";

type OptionGroup = "Recognition" | "Input" | "Output" | "Network" | "Settings" | "Messages";

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

const TRANSCRIBE = ["transcribe"] as const;
const REPORTS = ["providers", "doctor", "config show", "config path"] as const;
/** Commands that read settings files and use what they say. */
const READERS = ["transcribe", "providers", "config show"] as const;
const NETWORKED = ["transcribe", "doctor"] as const;
const NOT_FROM_FILE = ["flag", "environment"] as const;

/** A BCP 47 tag by its shape; whether a provider has the language is the provider's business. */
export const LANGUAGE_TAG = {
  kind: "string",
  pattern: /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/,
  expects: 'a BCP 47 tag such as "zh" or "en-GB", or "auto"',
} as const;

const OPTIONS = [
  {
    key: "provider",
    short: "p",
    argument: "ID",
    value: { kind: "provider" },
    default: "local",
    help: "who recognises the speech",
    group: "Recognition",
    commands: NETWORKED,
  },
  {
    key: "language",
    short: "l",
    argument: "TAG",
    value: LANGUAGE_TAG,
    default: "auto",
    help: "language spoken: a BCP 47 tag, or auto",
    group: "Recognition",
    commands: TRANSCRIBE,
  },
  {
    key: "model",
    short: "m",
    argument: "NAME",
    value: { kind: "string" },
    example: "base",
    refusedUntrusted: "path",
    help: "engine or model in the provider's own words; for local also a folder",
    group: "Recognition",
    commands: TRANSCRIBE,
  },
  {
    key: "hotword",
    argument: "TEXT[:WEIGHT]",
    value: { kind: "list", of: { kind: "string" } },
    default: [],
    example: ["asr", "Kubernetes:10"],
    repeatable: true,
    help: "a word to expect; repeatable",
    group: "Recognition",
    commands: TRANSCRIBE,
  },
  {
    key: "hotwords",
    argument: "FILE",
    value: { kind: "string" },
    example: "hotwords.txt",
    path: true,
    help: "words to expect, one a line; # starts a comment",
    group: "Recognition",
    commands: TRANSCRIBE,
  },
  {
    key: "speakers",
    value: { kind: "boolean" },
    default: false,
    help: "tell speakers apart",
    group: "Recognition",
    commands: TRANSCRIBE,
  },
  {
    key: "words",
    value: { kind: "boolean" },
    default: false,
    help: "times of single words",
    group: "Recognition",
    commands: TRANSCRIBE,
  },
  {
    key: "strict",
    value: { kind: "boolean" },
    default: false,
    help: "a feature that the provider lacks is an error instead of a warning",
    group: "Recognition",
    commands: TRANSCRIBE,
  },
  {
    key: "set",
    argument: "NAME=VALUE",
    value: { kind: "map" },
    default: {},
    example: {},
    repeatable: true,
    help: "a vendor parameter by its documented name; repeatable",
    group: "Recognition",
    commands: TRANSCRIBE,
  },
  {
    key: "setUnchecked",
    argument: "NAME=VALUE",
    value: { kind: "map" },
    default: {},
    example: {},
    repeatable: true,
    help: "a vendor parameter that is not known here, sent as it is; repeatable",
    group: "Recognition",
    commands: TRANSCRIBE,
  },
  {
    key: "concurrency",
    short: "j",
    argument: "N",
    value: { kind: "integer", min: 1, max: 1000 },
    example: 4,
    help: "jobs at once, never over the provider's limit",
    group: "Recognition",
    commands: TRANSCRIBE,
  },
  {
    key: "channels",
    argument: "MODE",
    value: { kind: "enum", values: ["mix", "first", "all"] },
    default: "mix",
    help: "what to do with several channels",
    group: "Input",
    commands: TRANSCRIBE,
  },
  {
    key: "rate",
    argument: "HZ",
    value: { kind: "integer", min: 1, max: 768_000 },
    example: 16_000,
    help: "sample rate of headerless input",
    group: "Input",
    commands: TRANSCRIBE,
  },
  {
    key: "channelCount",
    argument: "N",
    value: { kind: "integer", min: 1, max: 256 },
    example: 1,
    help: "channels of headerless input",
    group: "Input",
    commands: TRANSCRIBE,
  },
  {
    key: "encoding",
    argument: "ENC",
    value: { kind: "enum", values: ENCODING_NAMES },
    example: "s16le",
    help: "sample encoding of headerless input",
    group: "Input",
    commands: TRANSCRIBE,
  },
  {
    key: "format",
    short: "f",
    argument: "LIST",
    value: { kind: "list", of: { kind: "enum", values: FORMAT_NAMES }, minItems: 1 },
    default: ["txt"],
    help: "transcript formats, several with commas",
    group: "Output",
    commands: TRANSCRIBE,
  },
  {
    key: "output",
    short: "o",
    argument: "PATH",
    value: { kind: "string" },
    example: "transcripts/",
    path: true,
    help: "file, or folder for several inputs; without it stdout",
    group: "Output",
    commands: TRANSCRIBE,
  },
  {
    key: "keepExtension",
    value: { kind: "boolean" },
    default: false,
    help: "a.wav.srt instead of a.srt",
    group: "Output",
    commands: TRANSCRIBE,
  },
  {
    key: "force",
    value: { kind: "boolean" },
    default: false,
    help: "write over a jsonl file, or a settings file, that is there already",
    group: "Output",
    commands: ["transcribe", "config init"],
  },
  {
    key: "raw",
    value: { kind: "boolean" },
    default: false,
    help: "the vendor's own answers into the JSON",
    group: "Output",
    commands: TRANSCRIBE,
  },
  {
    key: "retries",
    argument: "N",
    value: { kind: "integer", min: 0, max: 10 },
    default: 3,
    help: "repeats of one request that failed and may succeed",
    group: "Network",
    commands: NETWORKED,
  },
  {
    key: "timeout",
    argument: "SECONDS",
    value: { kind: "number", min: 0.001, max: 86_400 },
    example: 120,
    help: "longest silence of a vendor, instead of what its API needs",
    group: "Network",
    commands: NETWORKED,
  },
  {
    key: "proxy",
    argument: "URL",
    value: {
      kind: "string",
      pattern: /^https?:\/\/[^\s/]+\/?$/,
      expects: 'a proxy\'s address such as "http://proxy.example:3128"',
    },
    example: "http://proxy.example:3128",
    // Its password stays out of every report; a flag with one would stand in the process list.
    secret: true,
    flagWithoutPassword: true,
    refusedUntrusted: "always",
    help: "proxy for all requests; else HTTPS_PROXY and NO_PROXY of the environment",
    group: "Network",
    commands: NETWORKED,
  },
  {
    key: "caFile",
    argument: "FILE",
    value: { kind: "string" },
    example: "company-ca.pem",
    path: true,
    refusedUntrusted: "always",
    help: "certificates (PEM) of authorities to trust besides the usual ones",
    group: "Network",
    commands: NETWORKED,
  },
  {
    key: "json",
    value: { kind: "boolean" },
    default: false,
    help: "the report as one JSON object",
    group: "Output",
    commands: REPORTS,
  },
  {
    key: "project",
    value: { kind: "boolean" },
    default: false,
    from: ["flag"],
    help: "write .asrrc into the working folder instead of your own settings",
    group: "Output",
    commands: ["config init"],
  },
  {
    key: "config",
    argument: "FILE",
    value: { kind: "string" },
    from: NOT_FROM_FILE,
    excludes: "noConfig",
    help: "settings file that replaces the project's",
    group: "Settings",
    commands: [...READERS, "config path"],
  },
  {
    key: "noConfig",
    value: { kind: "boolean" },
    default: false,
    from: NOT_FROM_FILE,
    excludes: "config",
    help: "read no settings file",
    group: "Settings",
    commands: [...READERS, "config path"],
  },
  {
    key: "profile",
    argument: "NAME",
    value: { kind: "string" },
    from: NOT_FROM_FILE,
    help: "settings of profiles.NAME go before the rest of the files",
    group: "Settings",
    commands: READERS,
  },
  {
    key: "quiet",
    short: "q",
    value: { kind: "boolean" },
    default: false,
    excludes: "verbose",
    help: "errors only on stderr",
    group: "Messages",
    commands: "all",
  },
  {
    key: "verbose",
    short: "v",
    value: { kind: "boolean" },
    default: false,
    excludes: "quiet",
    help: "say what is done, on stderr",
    group: "Messages",
    commands: "all",
  },
  {
    key: "color",
    value: { kind: "boolean" },
    example: false,
    shownNegated: true,
    help: "colours on stderr, or none; by itself only on a terminal",
    group: "Messages",
    commands: "all",
  },
  {
    key: "logFormat",
    argument: "FORMAT",
    value: { kind: "enum", values: ["text", "json"] },
    default: "text",
    help: "how messages on stderr are written",
    group: "Messages",
    commands: "all",
  },
] as const satisfies readonly OptionRow[];

type Row = (typeof OPTIONS)[number];

export type OptionKey = Row["key"];

/** The settings in force, typed from the table. */
export type OptionValues = ValuesOf<Row>;

/** The rows, with every optional field readable. */
export const OPTION_ROWS: readonly OptionRow[] = OPTIONS;

/** The options that a command takes, in the table's order. */
export function optionsOf(command: CommandName): readonly OptionRow[] {
  return OPTION_ROWS.filter((row) => row.commands === "all" || row.commands.includes(command));
}

/** Whether an option may come from `place`; most may come from anywhere. */
export function mayComeFrom(row: OptionRow, place: "flag" | "environment" | "file"): boolean {
  return row.from?.includes(place) ?? true;
}
