/** Flags and variables as layers. */
import { usageError } from "../errors.ts";
import { checkedValue } from "./check.ts";
import type { GivenFlag, GivenFlags } from "./flags.ts";
import { type Entry, type Layer, placeOf } from "./layer.ts";
import { nearest } from "./nearest.ts";
import { mayComeFrom, OPTION_ROWS } from "./options.ts";
import { type ProviderEntry, vendorsOf } from "./registry.ts";
import { providerRows, type SectionRow, vendorRows } from "./sections.ts";
import { variableOf } from "./spelling.ts";
import { fromText, fromTexts } from "./text.ts";
import type { SettingRow } from "./value.ts";

function valueOfFlag({ row, value }: GivenFlag): unknown {
  if (typeof value === "boolean") return value;
  if (row.value.kind === "list" || row.value.kind === "map") {
    const texts = row.repeatable === true ? value : value.flatMap((text) => text.split(","));
    return fromTexts(row.value, texts);
  }
  // On the command line the switch has its own two spellings: a text after it is meant as text.
  if (row.value.kind === "switchOrText") return value.at(-1);
  return fromText(row.value, value.at(-1) ?? "");
}

/** @throws AsrError kind "usage" for a value that its option does not take */
export function flagLayer(flags: GivenFlags, providerIds: readonly string[]): Layer {
  const entries = [...flags.values()].map((flag): [string, Entry] => {
    const { row, spelling } = flag;
    if (row.flagWithoutPassword === true) refusePassword(flag);
    const value = checkedValue({ row, value: valueOfFlag(flag), name: spelling }, providerIds);
    return [row.key, { value, source: "flag" }];
  });
  return new Map(entries);
}

/** Everybody on the machine can read the command line of a process. */
function refusePassword({ row, spelling, value }: GivenFlag): void {
  const texts = typeof value === "boolean" ? [] : value;
  if (!texts.some((text) => /^[^/]*\/\/[^/]*@/.test(text))) return;
  throw usageError(
    `${spelling} with a password would show it to everybody on this machine`,
    `put it into ${variableOf(row.key)} or the settings file`,
  );
}

interface KnownVariable {
  readonly variable: string;
  readonly path: readonly string[];
  readonly row: SettingRow;
}

/** Every variable that is read, with the place in a file that it stands for. */
function knownVariables(providers: readonly ProviderEntry[]): readonly KnownVariable[] {
  const options = OPTION_ROWS.filter((row) => mayComeFrom(row, "environment")).map((row) => ({
    variable: variableOf(row.key),
    path: [row.key],
    row,
  }));
  const inSection = (section: string, id: string, rows: readonly SectionRow[]): KnownVariable[] =>
    rows.flatMap((row) => {
      if (row.variable === undefined) return [];
      const variable = row.variable === true ? variableOf(id, row.key) : row.variable;
      return [{ variable, path: [section, id, row.key], row }];
    });
  return [
    ...options,
    ...vendorsOf(providers).flatMap((vendor) =>
      inSection("vendors", vendor.id, vendorRows(vendor)),
    ),
    ...providers.flatMap((entry) => inSection("providers", entry.id, providerRows(entry))),
  ];
}

/**
 * Variables as a layer; an empty variable counts as not set.
 *
 * @throws AsrError kind "usage" for a value that its setting does not take
 */
export function environmentLayer(
  environment: Readonly<Record<string, string | undefined>>,
  providers: readonly ProviderEntry[],
): Layer {
  const providerIds = providers.map((provider) => provider.id);
  const entries = new Map<string, Entry>();
  for (const { variable, path, row } of knownVariables(providers)) {
    const text = environment[variable];
    if (text === undefined || text === "") continue;
    const candidate = { row, value: fromText(row.value, text), name: variable };
    const value = checkedValue(candidate, providerIds);
    entries.set(placeOf(path), { value, source: `environment ${variable}` });
  }
  return entries;
}

/** A line for `-v` about each `ASR_…` variable that is not ours: it may be another program's. */
export function unknownVariables(
  environment: Readonly<Record<string, string | undefined>>,
  providers: readonly ProviderEntry[],
): readonly string[] {
  const known = knownVariables(providers).map(({ variable }) => variable);
  return Object.keys(environment)
    .filter((variable) => variable.startsWith("ASR_") && !known.includes(variable))
    .map((variable) => {
      const meant = nearest(variable, known);
      const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
      return `the variable ${variable} is not known${hint}`;
    });
}
