/** Options: what is said on stderr. */
import type { OptionRow } from "./row.ts";

export const MESSAGES_OPTIONS = [
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
