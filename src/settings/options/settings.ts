/** Options: which settings files are read. */
import { NOT_FROM_FILE, type OptionRow, READERS } from "./row.ts";

export const SETTINGS_OPTIONS = [
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
] as const satisfies readonly OptionRow[];
