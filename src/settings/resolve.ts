/** Which value wins (README, "Which wins"): the first layer that has one. */
import { usageError } from "../errors.ts";
import type { Entry, Layer } from "./layer.ts";
import type { OptionRow } from "./options.ts";
import type { SettingRow } from "./value.ts";

/** A setting in force. */
export interface Resolved extends Entry {
  readonly row: SettingRow;
  /** Index of the layer it came from; the default comes after the last. */
  readonly rank: number;
}

/**
 * The value of a setting. Scalars and lists come from the strongest layer alone, maps are merged
 * over all.
 *
 * @param layers the strongest first
 * @param places where a layer may have it, the most specific first
 */
export function resolve(
  row: SettingRow,
  places: readonly string[],
  layers: readonly Layer[],
): Resolved {
  const found = layers.flatMap((layer, rank) => {
    const entry = places.map((place) => layer.get(place)).find((candidate) => candidate);
    return entry === undefined ? [] : [{ ...entry, row, rank }];
  });
  const first = found[0];
  if (first === undefined)
    return { value: row.default, source: "default", row, rank: layers.length };
  if (row.value.kind !== "map") return first;
  const merge = (read: (entry: Entry) => unknown): unknown =>
    Object.fromEntries(found.toReversed().flatMap((entry) => Object.entries(Object(read(entry)))));
  const isTemplate = found.some((entry) => entry.template !== undefined);
  return {
    ...first,
    value: merge((entry) => entry.value),
    ...(isTemplate ? { template: merge((entry) => entry.template ?? entry.value) } : {}),
  };
}

/** A switch that is on, or a value that was given. */
function isSet({ value }: Resolved): boolean {
  return value !== undefined && value !== false;
}

/**
 * Settles options that exclude each other: the stronger layer wins and the other option falls
 * back to its default.
 *
 * @throws AsrError kind "usage" where both are set in the same layer
 */
export function settleExclusions(
  resolved: ReadonlyMap<string, Resolved>,
  rows: readonly OptionRow[],
  spelling: (row: OptionRow, source: string) => string,
): ReadonlyMap<string, Resolved> {
  const settled = new Map(resolved);
  for (const row of rows) {
    const own = settled.get(row.key);
    const other = row.excludes === undefined ? undefined : settled.get(row.excludes);
    const otherRow = rows.find(({ key }) => key === row.excludes);
    if (own === undefined || other === undefined || otherRow === undefined) continue;
    if (!isSet(own) || !isSet(other) || own.rank < other.rank) continue;
    if (own.rank === other.rank) {
      const names = [spelling(row, own.source), spelling(otherRow, other.source)];
      throw usageError(`${names.join(" and ")} contradict each other`, "give one of them");
    }
    settled.set(row.key, { value: row.default, source: "default", row, rank: own.rank });
  }
  return settled;
}
