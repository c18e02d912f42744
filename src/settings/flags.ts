/** Puts options onto a command and reads back what the user gave, and nothing else. */
import type { Command } from "commander";
import { usageError } from "../errors.ts";
import { type CommandName, type OptionRow, optionsOf } from "./options.ts";
import { flagOf, negatedFlagOf } from "./spelling.ts";
import type { ValueType } from "./value.ts";

/** A flag that the user gave. */
export interface GivenFlag {
  readonly row: OptionRow;
  /** As it is spelled in full: "--channels", "--no-words". */
  readonly spelling: string;
  /** The texts after it, one each time it was given; of a switch without a text whether it is on. */
  readonly value: boolean | readonly string[];
}

/** By option key. */
export type GivenFlags = ReadonlyMap<string, GivenFlag>;

function choicesOf(type: ValueType, providerIds: readonly string[]): readonly string[] {
  if (type.kind === "list") return choicesOf(type.of, providerIds);
  if (type.kind === "provider") return providerIds;
  return type.kind === "enum" ? type.values : [];
}

/** The help line of an option: what it does, its choices and its default. */
function describeOption(row: OptionRow, providerIds: readonly string[]): string {
  const choices = choicesOf(row.value, providerIds);
  const isShown = row.value.kind !== "map" && row.default !== undefined && row.default !== false;
  const hasDefault = isShown && String(row.default) !== "";
  const notes = [
    ...(choices.length > 1 ? [choices.join(", ")] : []),
    ...(hasDefault ? [`default: ${String(row.default)}`] : []),
  ];
  return notes.length === 0 ? row.help : `${row.help} (${notes.join("; ")})`;
}

/** How an option is written on the command line: `-f, --format <LIST>`, `--mic [DEVICE]`. */
export function usageOf(row: OptionRow): string {
  const [opening, closing] = row.value.kind === "switchOrText" ? "[]" : "<>";
  const argument = row.argument === undefined ? "" : ` ${opening}${row.argument}${closing}`;
  const short = row.short === undefined ? "" : `-${row.short}, `;
  return `${short}${flagOf(row.key)}${argument}`;
}

/** What puts its options onto a command: most starts need those of one command alone. */
const undeclared = new WeakMap<Command, () => void>();

/** Puts the options onto a command that is to be parsed or shown. */
export function declareOptions(command: Command): void {
  undeclared.get(command)?.();
  undeclared.delete(command);
}

/** The same for all commands below it too, for whoever looks at the whole program. */
export function declareAllOptions(command: Command): void {
  declareOptions(command);
  for (const child of command.commands) declareAllOptions(child);
}

/**
 * Gives a command its options, under the headings of their groups. One of a program has them once it
 * is chosen, or {@link declareOptions} is called.
 *
 * @returns reads what the user gave, once the command line has been parsed; throws `AsrError` of
 *   kind "usage" where a switch was given both ways
 */
export function addOptions(
  command: Command,
  name: CommandName,
  providerIds: readonly string[],
): () => GivenFlags {
  const rows = optionsOf(name);
  if (command.parent === null) return addRows(command, rows, providerIds);
  const given: GivenFlag[] = [];
  undeclared.set(command, () => addRows(command, rows, providerIds, given));
  command.parent.hook("preSubcommand", (_, chosen) => {
    if (chosen === command) declareOptions(command);
  });
  return () => merge(given);
}

/** As {@link addOptions}, at once, with rows of the caller's choice. */
export function addRows(
  command: Command,
  rows: readonly OptionRow[],
  providerIds: readonly string[],
  given: GivenFlag[] = [],
): () => GivenFlags {
  /** `text` is null where an option that may have a value has none. */
  type ReadValue = (text: string | null) => GivenFlag["value"];
  const add = (row: OptionRow, flags: string, value: ReadValue) => {
    const option = command.createOption(flags, describeOption(row, providerIds));
    command.addOption(option.helpGroup(`${row.group}:`));
    command.on(`option:${option.name()}`, (text: string | null) => {
      given.push({ row, spelling: option.long ?? flags, value: value(text) });
    });
    return option;
  };
  for (const row of rows) {
    const isSwitch = row.value.kind === "boolean";
    const positive = add(row, usageOf(row), (text) => (isSwitch || text === null ? true : [text]));
    if (!isSwitch && row.value.kind !== "switchOrText") continue;
    const negated = negatedFlagOf(row.key);
    if (negated === undefined) continue;
    const negative = add(row, negated, () => false);
    (row.shownNegated === true ? positive : negative).hideHelp();
  }
  return () => merge(given);
}

function merge(given: readonly GivenFlag[]): GivenFlags {
  const merged = new Map<string, GivenFlag>();
  for (const flag of given) {
    const { key } = flag.row;
    const earlier = merged.get(key);
    if (earlier === undefined) merged.set(key, flag);
    else if (typeof flag.value === "boolean" || typeof earlier.value === "boolean") {
      if (earlier.value !== flag.value) {
        throw usageError(
          `${earlier.spelling} and ${flag.spelling} contradict each other`,
          "give one of them",
        );
      }
    } else merged.set(key, { ...flag, value: [...earlier.value, ...flag.value] });
  }
  return merged;
}
