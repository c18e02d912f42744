/** A settings file with every key, its meaning and its default, for `.asrrc.example` and `init`. */
import { expects } from "./expects.ts";
import { mayComeFrom, OPTION_ROWS, type OptionRow } from "./options.ts";
import type { ProviderEntry } from "./registry.ts";
import { flagOf, variableOf } from "./spelling.ts";
import { type ConfigNode, configTree } from "./tree.ts";
import type { SettingRow } from "./value.ts";

const HEADER = `\
# Settings of asr. YAML or JSON; every key may be left out.
# What goes first: flag, ASR_ variable, profile, the project's file, your own file, default.
# Paths are relative to this file. A value may read a variable: \${env:NAME} (not in the file of
# a project that you have not trusted).
`;

const PROFILES = `
# settings under a name: asr transcribe --profile subtitles talk.wav
#profiles:
#  subtitles:
#    format: [srt, vtt]
#    words: true
`;

/** A value in YAML's flow style. */
function yamlValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(yamlValue).join(", ")}]`;
  if (typeof value !== "string") return JSON.stringify(value);
  const isPlain = /^[A-Za-z][A-Za-z0-9_./-]*$/.test(value);
  return isPlain && !/^(true|false|null|yes|no|on|off)$/i.test(value)
    ? value
    : JSON.stringify(value);
}

/** The sample of a setting: an example, or its default. */
function sampleOf(row: SettingRow): unknown {
  return row.example ?? row.default;
}

function optionLines(row: OptionRow, providerIds: readonly string[], live: boolean): string[] {
  const spellings = [flagOf(row.key)];
  if (mayComeFrom(row, "environment")) spellings.push(variableOf(row.key));
  const showsDefault = row.example === undefined;
  return [
    `# ${row.help}`,
    `# ${spellings.join(", ")}: ${expects(row.value, providerIds)}`,
    `${live && showsDefault ? "" : "#"}${row.key}: ${yamlValue(sampleOf(row))}`,
    "",
  ];
}

/** The lines of a section, commented out. Prose in it starts behind two spaces or more. */
function sectionLines(key: string, node: ConfigNode, depth: number): string[] {
  const indent = "  ".repeat(depth);
  if (node.kind === "setting") {
    const sample = yamlValue(sampleOf(node.row));
    return [`#${indent}# ${node.row.help}`, `#${indent}${key}: ${sample}`];
  }
  const children = node.kind === "section" ? [...node.children] : [];
  if (children.length === 0) return [];
  return [
    `#${depth === 0 ? " " : `${indent}# `}${node.help}`,
    `#${indent}${key}:`,
    ...children.flatMap(([name, child]) => sectionLines(name, child, depth + 1)),
  ];
}

/**
 * The file's text, valid YAML. Taking the `#` off the lines that begin with `#` and no single
 * space gives a file that sets everything.
 *
 * @param live defaults stand as settings and not as comments; only good for showing
 */
export function exampleConfig(providers: readonly ProviderEntry[], live: boolean): string {
  const providerIds = providers.map((provider) => provider.id);
  const options = OPTION_ROWS.filter((row) => mayComeFrom(row, "file"));
  const groups = [...new Set(options.map((row) => row.group))];
  const tree = configTree(providers);
  const sections = ["vendors", "providers"].flatMap((key) => {
    const node = tree.children.get(key);
    return node === undefined ? [] : [sectionLines(key, node, 0).join("\n")];
  });
  const body = groups.map((group) => {
    const rows = options.filter((row) => row.group === group);
    const lines = rows.flatMap((row) => optionLines(row, providerIds, live));
    return `\n# --- ${group} ---\n\n${lines.join("\n")}`;
  });
  const used = sections.filter((section) => section !== "").map((section) => `\n${section}\n`);
  return [HEADER, ...body, ...used, PROFILES].join("");
}
