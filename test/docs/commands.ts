/** What a reader would type of a block, and what the page says comes of it. */
import { load } from "js-yaml";
import type { Fence } from "./fences.ts";

export interface Command {
  /** Of the page, from 1. */
  readonly line: number;
  readonly text: string;
  /** Lines that the page shows after it; empty: it does not say. */
  readonly output: readonly string[];
  /** Undefined: the next command shows it (`echo $?`). */
  readonly exitCode?: number;
}

const PROMPT = /^\$ /;
const SHOWS_CODE = /^echo \$\?$/;

/** Whether a shell would ask for more: a `\`, a pipe, a here-document or a quote is open. */
export function isUnfinished(text: string): boolean {
  const document = /<<-?\s*(['"]?)(\w+)\1/.exec(text);
  if (document !== null) {
    return !text
      .split("\n")
      .slice(1)
      .includes(document[2] ?? "");
  }
  if (/(?:\\|\||&&)$/.test(text)) return true;
  const quotes = text.replaceAll(/\\.|"(?:\\.|[^"\\])*"/g, "").split("'").length - 1;
  return quotes % 2 === 1;
}

function exitCodeOf(text: string, next: string | undefined): { exitCode?: number } {
  if (next !== undefined && SHOWS_CODE.test(next)) return {};
  return { exitCode: Number(/#.*\bexit (\d+)/.exec(text)?.[1] ?? 0) };
}

function consoleCommands({ line: opening, lines }: Fence): Command[] {
  const commands: { line: number; text: string; output: string[] }[] = [];
  for (const [index, text] of lines.entries()) {
    const last = commands.at(-1);
    const isMore = last !== undefined && last.output.length === 0 && isUnfinished(last.text);
    if (isMore) last.text += `\n${text}`;
    else if (PROMPT.test(text)) {
      commands.push({ line: opening + 1 + index, text: text.replace(PROMPT, ""), output: [] });
    } else if (last === undefined) throw new Error(`line ${opening + 1}: output before a command`);
    else last.output.push(text);
  }
  return commands.map((command, index) => ({
    ...command,
    output: withoutBlankEnd(command.output),
    ...exitCodeOf(command.text, commands[index + 1]?.text),
  }));
}

function withoutBlankEnd(lines: readonly string[]): string[] {
  return lines.join("\n").trimEnd() === "" ? [] : lines.join("\n").trimEnd().split("\n");
}

/** Values of `run` and `script`, wherever they stand in a workflow. */
function scriptsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(scriptsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key !== "run" && key !== "script") return scriptsIn(inner);
    return (Array.isArray(inner) ? inner : [inner]).map(String);
  });
}

function yamlCommands({ line, lines }: Fence): Command[] {
  const source = lines.join("\n");
  return scriptsIn(load(source)).map((text) => {
    const at = lines.findIndex((shown) => shown.includes(text.split("\n")[0] ?? ""));
    return { line: line + 1 + Math.max(0, at), text: text.trimEnd(), output: [], exitCode: 0 };
  });
}

/** The lines of a crontab: five fields of time, then a command; `%` is escaped (crontab(5)). */
function crontabCommands({ line, lines }: Fence): Command[] {
  return lines.flatMap((shown, index) => {
    const text = /^(?:[\d*/,-]+\s+){5}(.+)$/.exec(shown)?.[1]?.replaceAll("\\%", "%");
    return text === undefined ? [] : [{ line: line + 1 + index, text, output: [], exitCode: 0 }];
  });
}

/** The commands of a systemd unit (systemd.service(5)). */
function unitCommands({ line, lines }: Fence): Command[] {
  return lines.flatMap((shown, index) => {
    const text = /^ExecStart=(.+)$/.exec(shown)?.[1];
    const exitCode = Number(/#.*\bexit (\d+)/.exec(shown)?.[1] ?? 0);
    return text === undefined ? [] : [{ line: line + 1 + index, text, output: [], exitCode }];
  });
}

/** Blocks by language; every other is no command. */
const READERS: Readonly<Record<string, (fence: Fence) => Command[]>> = {
  sh: ({ line, lines }) => [
    { line: line + 1, text: `( set -e\n${lines.join("\n")}\n)`, output: [], exitCode: 0 },
  ],
  console: consoleCommands,
  yaml: yamlCommands,
  crontab: crontabCommands,
  ini: unitCommands,
};

export function commandsOf(fence: Fence): Command[] {
  return READERS[fence.language]?.(fence) ?? [];
}
