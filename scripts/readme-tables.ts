/** The README's tables, made from the option table and the providers' own data. */
import type { Capabilities, Provider } from "../src/providers/contract.ts";
import { usageOf } from "../src/settings/flags.ts";
import { mayComeFrom, OPTION_ROWS, type OptionRow } from "../src/settings/options.ts";
import { negatedFlagOf, variableOf } from "../src/settings/spelling.ts";

export const code = (text: string): string => `\`${text}\``;

export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(headings), `|${"---|".repeat(headings.length)}`, ...rows.map(line)].join("\n");
}

function defaultOf({ value, default: standard }: OptionRow): string {
  // Nothing, an empty list, an empty map: nothing to show.
  if (
    typeof standard === "object" ? Object.keys(standard ?? {}).length === 0 : standard === undefined
  ) {
    return "";
  }
  if (value.kind === "boolean") return standard === true ? "on" : "off";
  return code(String(standard));
}

function choicesOf({ value }: OptionRow): string {
  const item = value.kind === "list" ? value.of : value;
  return item.kind === "enum" ? `: ${item.values.map(code).join(", ")}` : "";
}

/** What stands around the rows of the option table. */
export interface OptionWords {
  readonly headings: readonly string[];
  readonly note: string;
}

const ENGLISH_OPTIONS: OptionWords = {
  headings: ["flag", "variable", "config key", "default", "what it does"],
  note:
    "Every switch has a `--no-…` too. A variable's booleans are `1`, `true`, `yes`, `0`, `false`, `no`;\n" +
    "its lists have commas.",
};

/** Every option with its three names, its default and what it does. */
export function optionTable(words: OptionWords = ENGLISH_OPTIONS): string {
  const rows = OPTION_ROWS.map((row) => [
    code(row.shownNegated === true ? (negatedFlagOf(row.key) ?? "") : usageOf(row)),
    mayComeFrom(row, "environment") ? code(variableOf(row.key)) : "",
    mayComeFrom(row, "file") ? code(row.key) : "",
    defaultOf(row),
    `${row.help}${choicesOf(row)}`,
  ]);
  return `${table(words.headings, rows)}\n\n${words.note}`;
}

export function accepts({ accepts: accepted }: Capabilities): string {
  return accepted
    .map(({ container, encodings, sampleRates, maxChannels }) => {
      const notes = [
        ...(sampleRates === undefined ? [] : [`${sampleRates.join(", ")} Hz`]),
        ...(maxChannels === undefined ? [] : [`${maxChannels} ch`]),
      ];
      const suffix = notes.length === 0 ? "" : ` (${notes.join(", ")})`;
      return `${container}: ${encodings.join(", ")}${suffix}`;
    })
    .join("; ");
}

export function limits({ limits: limit }: Capabilities): string {
  const parts = [
    ...(limit.maxBytes === undefined ? [] : [`${limit.maxBytes / 1e6} MB`]),
    ...(limit.maxDurationMs === undefined ? [] : [`${limit.maxDurationMs / 1000} s`]),
    ...(limit.recommendedDurationMs === undefined
      ? []
      : [`parts of ${limit.recommendedDurationMs / 1000} s`]),
    `${limit.maxConcurrency} at once`,
    ...(limit.maxRequestsPerSecond === undefined ? [] : [`${limit.maxRequestsPerSecond} a second`]),
  ];
  return parts.join(", ");
}

function gives({ gives: given }: Capabilities): string {
  const degree = { true: "", approximate: " (approximate)" };
  const named = [
    ["partials", given.partials],
    ["segment times", given.segmentTimes],
    ["word times", given.wordTimes],
    ["speakers", given.speakers],
    ["channels", given.channels],
    ["hotwords", given.hotwords !== false],
  ] as const;
  return named
    .flatMap(([name, has]) =>
      has === false ? [] : [`${name}${degree[has === "approximate" ? has : "true"]}`],
    )
    .join(", ");
}

const PROVIDER_HEADINGS = ["provider", "what it is", "takes", "a request", "gives", "credentials"];

/** Every provider: what it takes, limits and gives. */
export function providerTable(
  providers: readonly Provider[],
  headings: readonly string[] = PROVIDER_HEADINGS,
): string {
  const rows = providers.map(({ id, title, documentation, credentials, capabilities }) => [
    `[${code(id)}](${documentation})`,
    title,
    accepts(capabilities),
    limits(capabilities),
    gives(capabilities),
    credentials.map(({ variable }) => code(variable)).join(", ") || "none",
  ]);
  return table(headings, rows);
}

/**
 * Puts `content` between the markers of a block.
 *
 * @throws Error where the text has no such block
 */
export function fillBlock(text: string, name: string, content: string): string {
  const opening = `<!-- generated:${name} -->`;
  const closing = `<!-- /generated:${name} -->`;
  const start = text.indexOf(opening);
  const end = text.indexOf(closing, start);
  if (start === -1 || end === -1) throw new Error(`there is no block ${opening} … ${closing}`);
  return `${text.slice(0, start)}${opening}\n${content}\n${text.slice(end)}`;
}
