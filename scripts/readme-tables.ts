/** The README's tables, made from the option table and the providers' own data. */
import type { Capabilities, Provider } from "../src/providers/contract.ts";
import { usageOf } from "../src/settings/flags.ts";
import { mayComeFrom, OPTION_ROWS, type OptionRow } from "../src/settings/options.ts";
import { negatedFlagOf, variableOf } from "../src/settings/spelling.ts";
import {
  type CapabilityWords,
  ENGLISH_TABLES,
  type OptionWords,
  type ProviderWords,
} from "./table-words.ts";

const ENGLISH = ENGLISH_TABLES.providers.capabilities;

export const code = (text: string): string => `\`${text}\``;

export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(headings), `|${"---|".repeat(headings.length)}`, ...rows.map(line)].join("\n");
}

function defaultOf({ value, default: standard }: OptionRow, { on, off }: OptionWords): string {
  // Nothing, an empty list, an empty map: nothing to show.
  if (
    typeof standard === "object" ? Object.keys(standard ?? {}).length === 0 : standard === undefined
  ) {
    return "";
  }
  if (value.kind === "boolean") return standard === true ? on : off;
  return code(String(standard));
}

function choicesOf({ value }: OptionRow, words: OptionWords): string {
  const item = value.kind === "list" ? value.of : value;
  return item.kind === "enum" ? words.choices(item.values.map(code)) : "";
}

/** Every option with its three names, its default and what it does. */
export function optionTable(words: OptionWords): string {
  const rows = OPTION_ROWS.map((row) => [
    code(row.shownNegated === true ? (negatedFlagOf(row.key) ?? "") : usageOf(row)),
    mayComeFrom(row, "environment") ? code(variableOf(row.key)) : "",
    mayComeFrom(row, "file") ? code(row.key) : "",
    defaultOf(row, words),
    `${words.help?.[row.key] ?? row.help}${choicesOf(row, words)}`,
  ]);
  return `${table(words.headings, rows)}\n\n${words.note}`;
}

export function accepts({ accepts: accepted }: Capabilities, words = ENGLISH): string {
  return accepted
    .map(({ container, encodings, sampleRates, maxChannels }) => {
      const notes = [
        ...(sampleRates === undefined ? [] : [words.sampleRates(sampleRates)]),
        ...(maxChannels === undefined ? [] : [words.channels(maxChannels)]),
      ];
      const suffix = notes.length === 0 ? "" : words.note(notes.join(words.comma));
      return `${words.takes(container, encodings)}${suffix}`;
    })
    .join(words.semicolon);
}

export function limits({ limits: limit }: Capabilities, words = ENGLISH): string {
  const parts = [
    ...(limit.maxBytes === undefined ? [] : [`${limit.maxBytes / 1e6} MB`]),
    ...(limit.maxDurationMs === undefined ? [] : [words.seconds(limit.maxDurationMs / 1000)]),
    ...(limit.recommendedDurationMs === undefined
      ? []
      : [words.parts(limit.recommendedDurationMs / 1000)]),
    words.atOnce(limit.maxConcurrency),
    ...(limit.maxRequestsPerSecond === undefined
      ? []
      : [words.aSecond(limit.maxRequestsPerSecond)]),
  ];
  return parts.join(words.comma);
}

function gives({ gives: given }: Capabilities, words: CapabilityWords): string {
  const named = [
    ["partials", given.partials],
    ["segmentTimes", given.segmentTimes],
    ["wordTimes", given.wordTimes],
    ["speakers", given.speakers],
    ["channels", given.channels],
    ["hotwords", given.hotwords !== false],
  ] as const;
  return words.listed(
    named.flatMap(([name, has]) => {
      const degree = has === "approximate" ? words.note(words.approximate) : "";
      return has === false ? [] : [`${words.gives[name]}${degree}`];
    }),
  );
}

/** Every provider: what it takes, limits and gives. */
export function providerTable(providers: readonly Provider[], words: ProviderWords): string {
  const rows = providers.map(({ id, title, documentation, credentials, capabilities }) => [
    `[${code(id)}](${documentation})`,
    words.titles?.[id] ?? title,
    accepts(capabilities, words.capabilities),
    limits(capabilities, words.capabilities),
    gives(capabilities, words.capabilities),
    words.capabilities.listed(credentials.map(({ variable }) => code(variable))) ||
      words.noCredentials,
  ]);
  return table(words.headings, rows);
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
