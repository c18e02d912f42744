/** Options: what is written, and where. */
import { FORMAT_NAMES } from "../names.ts";
import { NOT_FROM_FILE, type OptionRow, RECOGNISERS, REPORTS, TRANSCRIBE } from "./row.ts";

export const OUTPUT_OPTIONS = [
  {
    key: "format",
    short: "f",
    argument: "LIST",
    value: { kind: "list", of: { kind: "enum", values: FORMAT_NAMES }, minItems: 1 },
    default: ["txt"],
    help: "transcript formats, several with commas",
    group: "Output",
    commands: RECOGNISERS,
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
    commands: RECOGNISERS,
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
    help: "write over a jsonl file, a file of stream, or a settings file that is there already",
    group: "Output",
    commands: [...RECOGNISERS, "config init"],
  },
  {
    key: "raw",
    value: { kind: "boolean" },
    default: false,
    help: "the vendor's own answers into the JSON",
    group: "Output",
    commands: RECOGNISERS,
  },
  {
    key: "dryRun",
    value: { kind: "boolean" },
    default: false,
    // A settings file must not turn a run into one that does nothing.
    from: NOT_FROM_FILE,
    help: "say what would be sent and what it would cost; nothing is sent",
    group: "Output",
    commands: TRANSCRIBE,
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
] as const satisfies readonly OptionRow[];
