/** A command line up to the word that is being completed, read as commander will read it. */
import type { Command, Option } from "commander";

export interface Line {
  readonly program: Command;
  /** The deepest one that is named. */
  readonly command: Command;
  readonly operands: readonly string[];
  /** Texts of the options so far, by their long flags; a switch has none. */
  readonly given: ReadonlyMap<string, readonly string[]>;
  /** The option whose value comes next. */
  readonly pending: Option | undefined;
  /** True after `--`. */
  readonly operandsOnly: boolean;
}

/** An option in a word, and where its value begins there; undefined: it has none in that word. */
interface Found {
  readonly option: Option;
  readonly valueAt: number | undefined;
}

const takesValue = (option: Option): boolean => option.required || option.optional;

/** The options in a word: `--format`, `--format=srt`, `-f`, `-fsrt`, `-qv`. */
export function optionsIn(word: string, command: Command): readonly Found[] {
  if (word.startsWith("--")) {
    const [name = ""] = word.split("=", 1);
    const option = command.options.find(({ long }) => long === name);
    if (option === undefined) return [];
    return [{ option, valueAt: name.length < word.length ? name.length + 1 : undefined }];
  }
  const found: Found[] = [];
  for (let at = 1; at < word.length; at += 1) {
    const option = command.options.find(({ short }) => short === `-${word[at]}`);
    if (option === undefined) break;
    const valueAt = takesValue(option) && at + 1 < word.length ? at + 1 : undefined;
    found.push({ option, valueAt });
    if (takesValue(option)) break;
  }
  return found;
}

/** @param words after the program's name, without the one that is being completed */
export function readLine(program: Command, words: readonly string[]): Line {
  let command = program;
  let operands: string[] = [];
  const given = new Map<string, string[]>();
  let pending: Option | undefined;
  let operandsOnly = false;
  const give = ({ long }: Option, text?: string): void => {
    const texts = given.get(long ?? "") ?? [];
    given.set(long ?? "", text === undefined ? texts : [...texts, text]);
  };
  for (const word of words) {
    const isFlag = word.startsWith("-") && word !== "-" && !operandsOnly;
    if (pending !== undefined && (pending.required || !isFlag)) {
      give(pending, word);
      pending = undefined;
    } else if (word === "--" && !operandsOnly) {
      operandsOnly = true;
      pending = undefined;
    } else if (isFlag) {
      pending = undefined;
      for (const { option, valueAt } of optionsIn(word, command)) {
        give(option, valueAt === undefined ? undefined : word.slice(valueAt));
        if (takesValue(option) && valueAt === undefined) pending = option;
      }
    } else {
      pending = undefined;
      const next = command.commands.find((candidate) => candidate.name() === word);
      if (next === undefined || operands.length > 0) operands = [...operands, word];
      else command = next;
    }
  }
  return { program, command, operands, given, pending, operandsOnly };
}
