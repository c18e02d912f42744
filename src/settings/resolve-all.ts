/** All settings resolved over the layers, in the shapes that commands use. */
import { type Layer, placeOf } from "./layer.ts";
import { OPTION_ROWS, type OptionKey, type OptionRow, type OptionValues } from "./options.ts";
import { type ProviderEntry, vendorsOf } from "./registry.ts";
import { type Resolved, resolve, settleExclusions } from "./resolve.ts";
import { Secret } from "./secret.ts";
import { type ProviderValues, providerRows, vendorRows } from "./sections.ts";
import type { Credential, VendorSettings } from "./settings.ts";
import { flagOf } from "./spelling.ts";

export interface ResolvedOptions {
  readonly values: OptionValues;
  readonly sources: Readonly<Record<OptionKey, string>>;
  readonly resolved: ReadonlyMap<string, Resolved>;
}

export interface ResolvedSections {
  readonly vendors: Readonly<Record<string, VendorSettings>>;
  readonly providers: Readonly<Record<string, ProviderValues>>;
  readonly resolved: ReadonlyMap<string, Resolved>;
}

function record<T>(
  resolved: ReadonlyMap<string, Resolved>,
  read: (entry: Resolved) => T,
): Record<string, T> {
  return Object.fromEntries([...resolved].map(([place, entry]) => [place, read(entry)]));
}

/**
 * An option, for one provider. In the same layer the provider's own section goes before the
 * option: it is the more specific.
 */
function resolveOption(
  row: OptionRow,
  provider: ProviderEntry | undefined,
  layers: readonly Layer[],
): Resolved {
  const own = provider === undefined ? [] : providerRows(provider);
  const places = own.some(({ key }) => key === row.key)
    ? [placeOf(["providers", provider?.id ?? "", row.key])]
    : [];
  return resolve(row, [...places, row.key], layers);
}

/** @throws AsrError kind "usage" where two options of one layer contradict each other */
export function resolveOptions(
  layers: readonly Layer[],
  providers: readonly ProviderEntry[],
): ResolvedOptions {
  const chosen = OPTION_ROWS.find(({ key }) => key === "provider");
  const id = chosen === undefined ? undefined : resolve(chosen, [chosen.key], layers).value;
  const provider = providers.find((entry) => entry.id === id);
  const resolved = settleExclusions(
    new Map(OPTION_ROWS.map((row) => [row.key, resolveOption(row, provider, layers)])),
    OPTION_ROWS,
    (row, source) => (source === "flag" ? flagOf(row.key) : `${row.key} (${source})`),
  );
  return {
    // Every value has passed the schema of its row, from which these types are inferred.
    values: record(resolved, ({ value }) => value) as unknown as OptionValues,
    sources: record(resolved, ({ source }) => source) as Record<OptionKey, string>,
    resolved,
  };
}

/** The sections `vendors` and `providers`. */
export function resolveSections(
  layers: readonly Layer[],
  providers: readonly ProviderEntry[],
): ResolvedSections {
  const resolved = new Map<string, Resolved>();
  const resolveAt = (path: readonly string[], row: Resolved["row"]): Resolved => {
    const entry = resolve(row, [placeOf(path)], layers);
    resolved.set(placeOf(path), entry);
    return entry;
  };
  const vendors: Record<string, VendorSettings> = {};
  for (const vendor of vendorsOf(providers)) {
    const credentials: Record<string, Credential> = {};
    const values: Record<string, unknown> = {};
    for (const row of vendorRows(vendor)) {
      const { value, source } = resolveAt(["vendors", vendor.id, row.key], row);
      if (row.secret !== true) values[row.key] = value;
      else if (typeof value === "string") {
        credentials[row.key] = { secret: new Secret(value), source };
      }
    }
    vendors[vendor.id] = { ...values, credentials } as unknown as VendorSettings;
  }
  const sections: Record<string, ProviderValues> = {};
  for (const provider of providers) {
    const values: Record<string, unknown> = {};
    for (const row of providerRows(provider)) {
      const own = resolveAt(["providers", provider.id, row.key], row);
      const option = OPTION_ROWS.find(({ key }) => key === row.key);
      values[row.key] =
        option === undefined ? own.value : resolveOption(option, provider, layers).value;
    }
    values.baseUrl ??= vendors[provider.vendor]?.baseUrl;
    sections[provider.id] = values as unknown as ProviderValues;
  }
  return { vendors, providers: sections, resolved };
}
