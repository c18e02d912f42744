/** The shape of a settings file, made once from the tables: what may stand where. */
import { mayComeFrom, OPTION_ROWS } from "./options.ts";
import { type ProviderEntry, vendorsOf } from "./registry.ts";
import { providerRows, vendorRows } from "./sections.ts";
import type { SettingRow } from "./value.ts";

interface SettingNode {
  readonly kind: "setting";
  readonly row: SettingRow;
}

export interface SectionNode {
  readonly kind: "section";
  readonly help: string;
  readonly children: ReadonlyMap<string, SettingNode | SectionNode | NamedNode>;
}

/** A section whose keys are names of the user's choice, all of one shape. */
interface NamedNode {
  readonly kind: "named";
  readonly help: string;
  readonly of: SectionNode;
}

export type ConfigNode = SettingNode | SectionNode | NamedNode;

/** A setting that stands in some file. */
export interface PlacedSetting {
  readonly path: readonly string[];
  readonly row: SettingRow;
  readonly value: unknown;
}

function settings(rows: readonly SettingRow[]): [string, SettingNode][] {
  return rows.map((row) => [row.key, { kind: "setting", row }]);
}

function section(help: string, children: readonly (readonly [string, ConfigNode])[]): SectionNode {
  return { kind: "section", help, children: new Map(children) };
}

/** The shape of a file: every option, `vendors`, `providers`, and `profiles` of all these. */
export function configTree(providers: readonly ProviderEntry[]): SectionNode {
  const vendors = vendorsOf(providers).map(
    (vendor) =>
      [vendor.id, section(`account at ${vendor.id}`, settings(vendorRows(vendor)))] as const,
  );
  const providerSections = providers.map(
    (entry) => [entry.id, section(`only with ${entry.id}`, settings(providerRows(entry)))] as const,
  );
  const base = [
    ...settings(OPTION_ROWS.filter((row) => mayComeFrom(row, "file"))),
    ["vendors", section("accounts and addresses", vendors)] as const,
    ["providers", section("settings for one provider", providerSections)] as const,
  ];
  const profiles: NamedNode = {
    kind: "named",
    help: "settings under a name, used with --profile NAME",
    of: section("any of the settings above", base),
  };
  return section("settings of asr", [...base, ["profiles", profiles]]);
}

/** The deepest node on `path`: a setting, where the path leads into its value. */
export function nodeAt(
  root: SectionNode,
  path: readonly string[],
): { readonly node: ConfigNode; readonly path: readonly string[] } {
  let node: ConfigNode = root;
  let depth = 0;
  for (const step of path) {
    if (node.kind === "setting") break;
    const next: ConfigNode | undefined = node.kind === "named" ? node.of : node.children.get(step);
    if (next === undefined) break;
    node = next;
    depth += 1;
  }
  return { node, path: path.slice(0, depth) };
}

/** The settings in a file's data that has passed the schema; unknown keys are not visited. */
export function* settingsIn(
  node: ConfigNode,
  data: unknown,
  path: readonly string[] = [],
): Generator<PlacedSetting> {
  if (node.kind === "setting") {
    yield { path, row: node.row, value: data };
    return;
  }
  if (typeof data !== "object" || data === null) return;
  for (const [key, value] of Object.entries(data)) {
    const child = node.kind === "named" ? node.of : node.children.get(key);
    if (child !== undefined) yield* settingsIn(child, value, [...path, key]);
  }
}
