/**
 * Every option, declared once. Flags, `ASR_…` variables, config keys, the example file, the JSON
 * Schema and the README's table are all derived from these rows (contract: README, "Options").
 * Plain data: it is loaded by `asr --help`.
 */
import { CASES_OPTIONS } from "./options/cases.ts";
import { INPUT_OPTIONS } from "./options/input.ts";
import { MESSAGES_OPTIONS } from "./options/messages.ts";
import { NETWORK_OPTIONS } from "./options/network.ts";
import { OUTPUT_OPTIONS } from "./options/output.ts";
import { QUEUE_OPTIONS } from "./options/queue.ts";
import { RECOGNITION_OPTIONS } from "./options/recognition.ts";
import type { CommandName, OptionRow } from "./options/row.ts";
import { SCORING_OPTIONS } from "./options/scoring.ts";
import { SETTINGS_OPTIONS } from "./options/settings.ts";
import { SUBTITLE_OPTIONS } from "./options/subtitles.ts";
import type { ValuesOf } from "./value.ts";

export { LANGUAGE_TAG } from "./options/language-tag.ts";
export type { CommandName, OptionRow } from "./options/row.ts";

const OPTIONS = [
  ...RECOGNITION_OPTIONS,
  ...INPUT_OPTIONS,
  ...OUTPUT_OPTIONS,
  ...SUBTITLE_OPTIONS,
  ...SCORING_OPTIONS,
  ...CASES_OPTIONS,
  ...NETWORK_OPTIONS,
  ...QUEUE_OPTIONS,
  ...SETTINGS_OPTIONS,
  ...MESSAGES_OPTIONS,
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
