/** What a word of the command line can become: from the commands, the option table and the providers. */
import type { Command, Option } from "commander";
import { declareAllOptions } from "../settings/flags.ts";
import { OPTION_ROWS, type OptionRow } from "../settings/options.ts";
import { flagOf } from "../settings/spelling.ts";
import { type Candidate, type Completion, NOTHING, plain, words } from "./candidates.ts";
import { type Line, optionsIn, readLine } from "./line.ts";
import {
  type CompletionSources,
  placeCompletion,
  providerCandidates,
  valueCompletion,
} from "./values.ts";

const rowOf = (option: Option): OptionRow | undefined =>
  OPTION_ROWS.find(({ key }) => flagOf(key) === option.long);

/**
 * @param typed the words after the program's name; the last, which may be empty, is completed
 * @returns whole words that begin as the last one does
 */
export async function complete(
  program: Command,
  typed: readonly string[],
  sources: CompletionSources,
): Promise<Completion> {
  const current = typed.at(-1) ?? "";
  declareAllOptions(program);
  const line = readLine(program, typed.slice(0, -1));
  const found = await completionOf(current, line, sources);
  if (found.kind !== "words") return found;
  return words(found.words.filter(({ value }) => value.startsWith(current)));
}

async function completionOf(
  current: string,
  line: Line,
  sources: CompletionSources,
): Promise<Completion> {
  const { pending, command, operandsOnly } = line;
  const isFlag = current.startsWith("-") && !operandsOnly;
  if (pending?.required === true || (pending !== undefined && !isFlag)) {
    return optionValue(pending, current, line, sources);
  }
  if (!isFlag) return operandCompletion(line, sources);
  const joined = optionsIn(current, command).at(-1);
  if (joined?.valueAt === undefined) return words(flagCandidates(command, current));
  const before = current.slice(0, joined.valueAt);
  const value = await optionValue(joined.option, current.slice(joined.valueAt), line, sources);
  // A shell can find the file in `--output=fi`, but not in `-ofi`.
  if (value.kind !== "words") return before.endsWith("=") ? value : NOTHING;
  return words(value.words.map((word) => ({ ...word, value: before + word.value })));
}

async function optionValue(
  option: Option,
  text: string,
  line: Line,
  sources: CompletionSources,
): Promise<Completion> {
  const row = rowOf(option);
  return row === undefined ? NOTHING : valueCompletion(row, text, line, sources);
}

/** Flags that the help hides, such as `--no-words`, are offered once a letter is typed. */
function flagCandidates(command: Command, current: string): readonly Candidate[] {
  const help = command.createHelp();
  const visible = help.visibleOptions(command);
  const hidden = command.options.filter((option) => !visible.includes(option));
  const options = current.length > 2 ? [...visible, ...hidden] : visible;
  return options.flatMap((option) => {
    const { long, short, description, negate } = option;
    const flags = current === "-" ? [long, short] : [long];
    const text = negate && hidden.includes(option) ? `not: ${description}` : description;
    return flags.flatMap((flag) => (flag ? [{ value: flag, help: text }] : []));
  });
}

const commandCandidates = (command: Command): readonly Candidate[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .filter((child) => command.commands.includes(child))
    .map((child) => ({ value: child.name(), help: child.summary() || child.description() }));

async function operandCompletion(line: Line, sources: CompletionSources): Promise<Completion> {
  const { command, operands, program } = line;
  if (command.commands.length > 0) {
    return operands.length === 0 ? words(commandCandidates(command)) : NOTHING;
  }
  const last = command.registeredArguments.at(-1);
  const argument =
    command.registeredArguments[operands.length] ?? (last?.variadic === true ? last : undefined);
  if (argument === undefined) return NOTHING;
  if (argument.argChoices !== undefined) return plain(argument.argChoices);
  if (argument.name() === "ID") return words(providerCandidates(sources));
  if (argument.name() === "COMMAND") {
    return words(commandCandidates(readLine(program, operands).command));
  }
  return placeCompletion(argument.name());
}
