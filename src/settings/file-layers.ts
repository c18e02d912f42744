/** A settings file as layers: checked, with variables filled in and paths resolved. */
import type { z } from "zod";
import { type AsrError, usageError } from "../errors.ts";
import { checkedValue, valueError } from "./check.ts";
import { isPath, resolvePath } from "./file-paths.ts";
import type { ConfigFile } from "./find.ts";
import { type Entry, type Layer, placeOf } from "./layer.ts";
import { hintFor } from "./nearest.ts";
import { type PlainMap, plainMap } from "./plain.ts";
import type { ProviderEntry } from "./registry.ts";
import { fileSchema } from "./schema.ts";
import type { Surroundings } from "./surroundings.ts";
import { fillIn, isTemplate } from "./template.ts";
import { fromText } from "./text.ts";
import { configTree, nodeAt, type PlacedSetting, type SectionNode, settingsIn } from "./tree.ts";
import { isTrusted, refusal } from "./trust.ts";

export interface FileLayers {
  readonly path: string;
  /** What the file says outside its profiles. */
  readonly base: Layer;
  /** What the chosen profile says. */
  readonly profile: Layer | undefined;
  readonly profileNames: readonly string[];
  /** True where a secret stands in the file itself. */
  readonly holdsSecrets: boolean;
}

/** What all files of one run share. */
export interface FileContext {
  readonly providers: readonly ProviderEntry[];
  readonly surroundings: Surroundings;
  readonly profile: string | undefined;
}

/**
 * Reads a file's data.
 *
 * @throws AsrError kind "usage" for unknown keys, wrong values, variables that are not set, and
 *   what an untrusted project may not set
 */
export async function readLayers(file: ConfigFile, context: FileContext): Promise<FileLayers> {
  const { surroundings, providers } = context;
  const data = plainMap(file.path, file.data);
  const tree = configTree(providers);
  const parsed = fileSchema(providers).safeParse(data);
  if (!parsed.success) throw schemaError(parsed.error, data, tree, file.path, providers);
  const settings = [...settingsIn(tree, data)];
  if (file.role === "project") {
    const refused = await refusal(file.path, settings, surroundings.homeFolder);
    if (refused !== undefined && !(await isTrusted(file.path, surroundings))) throw refused;
  }
  const inProfiles = (setting: PlacedSetting): boolean => setting.path[0] === "profiles";
  const ofProfile = settings
    .filter((setting) => inProfiles(setting) && setting.path[1] === context.profile)
    .map((setting) => ({ ...setting, path: setting.path.slice(2) }));
  const ofBase = settings.filter((setting) => !inProfiles(setting));
  const profileNames = Object.keys(Object(data.profiles));
  const isChosen = context.profile !== undefined && profileNames.includes(context.profile);
  return {
    path: file.path,
    base: layerOf(ofBase, file.path, file.path, context),
    profile: isChosen
      ? layerOf(ofProfile, file.path, `profile ${context.profile} in ${file.path}`, context)
      : undefined,
    profileNames,
    holdsSecrets: settings.some(({ row, value }) => row.secret === true && !isTemplate(value)),
  };
}

function layerOf(
  settings: readonly PlacedSetting[],
  file: string,
  source: string,
  context: FileContext,
): Layer {
  return new Map(
    settings.map((setting) => [placeOf(setting.path), entryOf(setting, file, source, context)]),
  );
}

function entryOf(
  { path, row, value: written }: PlacedSetting,
  file: string,
  source: string,
  { surroundings, providers }: FileContext,
): Entry {
  const name = `${placeOf(path)} in ${file}`;
  const template = isTemplate(written);
  const filled = template ? fillIn(written, surroundings.environment, name) : written;
  const value = checkedValue(
    {
      row,
      value: typeof filled === "string" ? fromText(row.value, filled) : filled,
      name,
      isTemplate: template,
    },
    providers.map((provider) => provider.id),
  );
  const resolved = isPath(row, value) ? resolvePath(value, file, surroundings.homeFolder) : value;
  return { value: resolved, source, ...(template ? { template: written } : {}) };
}

/** The first problem that the schema found, in our words. */
function schemaError(
  error: z.ZodError,
  data: PlainMap,
  tree: SectionNode,
  file: string,
  providers: readonly ProviderEntry[],
): AsrError {
  const issue = error.issues[0];
  const { node, path } = nodeAt(tree, (issue?.path ?? []).map(String));
  if (issue?.code === "unrecognized_keys") {
    const key = issue.keys[0] ?? "";
    const known = node.kind === "section" ? [...node.children.keys()] : [];
    return usageError(`unknown key ${placeOf([...path, key])} in ${file}`, hintFor(key, known));
  }
  const name = `${placeOf(path)} in ${file}`;
  if (node.kind !== "setting") {
    return usageError(`${name} holds no settings`, 'write "key: value" below it, or take it out');
  }
  const value = path.reduce<unknown>((at, key) => Object(at)[key], data);
  const providerIds = providers.map((provider) => provider.id);
  return valueError({ row: node.row, value, name, isTemplate: isTemplate(value) }, providerIds);
}
