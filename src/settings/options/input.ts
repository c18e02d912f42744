/** Options: what the recording is, and how it is cut. */
import { ENCODING_NAMES } from "../names.ts";
import { type OptionRow, TRANSCRIBE } from "./row.ts";

export const INPUT_OPTIONS = [
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
    key: "split",
    argument: "silence|never|SECONDS",
    value: { kind: "enumOrNumber", values: ["silence", "never"], min: 1, max: 86_400 },
    default: "silence",
    help: "where too long a recording is cut: at pauses, nowhere, or into parts of SECONDS at most",
    group: "Input",
    commands: TRANSCRIBE,
  },
  {
    key: "segmentSeconds",
    argument: "SECONDS",
    value: { kind: "number", min: 1 },
    example: 15,
    help: "shorter parts, so that a provider without times gives subtitles",
    group: "Input",
    commands: TRANSCRIBE,
  },
  {
    key: "skipSilence",
    value: { kind: "boolean" },
    default: false,
    help: "silence is not sent; times stay right",
    group: "Input",
    commands: TRANSCRIBE,
  },
] as const satisfies readonly OptionRow[];
