/** A program's options as a layer of settings, checked by the same tables as everybody else's. */
import { usageError } from "../errors.ts";
import { PROVIDER_IDS, PROVIDERS } from "../providers/registry.ts";
import { checkedValue } from "../settings/check.ts";
import { environmentLayer } from "../settings/given-layers.ts";
import { type Entry, type Layer, placeOf } from "../settings/layer.ts";
import type { Settings } from "../settings/load.ts";
import { hintFor } from "../settings/nearest.ts";
import { OPTION_ROWS } from "../settings/options.ts";
import { vendorsOf } from "../settings/registry.ts";
import { resolveOptions, resolveSections } from "../settings/resolve-all.ts";
import { providerRows, vendorRows } from "../settings/sections.ts";
import type { SettingRow } from "../settings/value.ts";

/** What the library's calls need of the settings. */
export type CallSettings = Pick<Settings, "values" | "vendors" | "providers">;

/** Where an option stands in a settings file. */
export interface Place {
  readonly path: readonly string[];
  readonly row: SettingRow;
}

/** @throws Error where there is no such option: a fault of the program */
export function optionPlace(key: string): Place {
  const row = OPTION_ROWS.find((known) => known.key === key);
  if (row === undefined) throw new Error(`no option ${key}`);
  return { path: [key], row };
}

/** The places of a provider's section and of its vendor's. */
export function sectionPlaces(id: string): ReadonlyMap<string, Place> {
  const provider = PROVIDERS.find((known) => known.id === id);
  const vendor = vendorsOf(PROVIDERS).find((known) => known.id === provider?.vendor);
  const places = new Map<string, Place>();
  for (const row of vendor === undefined ? [] : vendorRows(vendor)) {
    places.set(row.key, { path: ["vendors", vendor?.id ?? "", row.key], row });
  }
  // A provider's own address goes before its vendor's.
  for (const row of provider === undefined ? [] : providerRows(provider)) {
    places.set(row.key, { path: ["providers", id, row.key], row });
  }
  return places;
}

/**
 * @param known by name; what is undefined counts as left out
 * @throws AsrError kind "usage" for an unknown name (with the nearest) or a value that it does not take
 */
export function givenLayer(
  options: Readonly<Record<string, unknown>>,
  known: ReadonlyMap<string, Place>,
): Layer {
  const entries = Object.entries(options).flatMap(([name, value]): [string, Entry][] => {
    if (value === undefined) return [];
    const place = known.get(name);
    if (place === undefined) {
      throw usageError(`unknown option ${name}`, hintFor(name, [...known.keys()]));
    }
    const checked = checkedValue({ row: place.row, value, name }, PROVIDER_IDS);
    return [[placeOf(place.path), { value: checked, source: "option" }]];
  });
  return new Map(entries);
}

/** Options that a program's environment may hold as well: the way to the vendor. */
const NETWORK_KEYS: ReadonlySet<string> = new Set(["proxy", "caFile", "retries", "timeout"]);

/** Accounts, addresses and the network; what is to be recognised, and how, the calls say alone. */
export function surroundingLayer(environment: Readonly<Record<string, string | undefined>>): Layer {
  const isTaken = (place: string): boolean => place.includes(".") || NETWORK_KEYS.has(place);
  const all = environmentLayer(environment, PROVIDERS);
  return new Map([...all].filter(([place]) => isTaken(place)));
}

/** @param layers the strongest first */
export function settingsOf(id: string, layers: readonly Layer[]): CallSettings {
  const chosen: Layer = new Map([["provider", { value: id, source: "option" }]]);
  const all = [chosen, ...layers];
  const { values } = resolveOptions(all, PROVIDERS);
  return { values, ...resolveSections(all, PROVIDERS) };
}
