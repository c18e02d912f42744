/** Every setting in force, from flags, variables and files, each with its source. */
import { usageError } from "../errors.ts";
import { type FileLayers, readLayers } from "./file-layers.ts";
import { type FoundFiles, findFiles } from "./find.ts";
import type { GivenFlags } from "./flags.ts";
import { environmentLayer, flagLayer, unknownVariables } from "./given-layers.ts";
import type { Layer } from "./layer.ts";
import { hintFor } from "./nearest.ts";
import { type CommandName, optionsOf } from "./options.ts";
import { fileWarnings } from "./permissions.ts";
import type { ProviderEntry } from "./registry.ts";
import { resolveOptions, resolveSections } from "./resolve-all.ts";
import type { Settings } from "./settings.ts";
import type { Surroundings } from "./surroundings.ts";

export type { Settings } from "./settings.ts";

export interface SettingsRequest extends Surroundings {
  /** A command that takes no `--profile` reads no file: it must work whatever they say. */
  readonly command: CommandName;
  readonly flags: GivenFlags;
  readonly providers: readonly ProviderEntry[];
}

/**
 * Loads the settings.
 *
 * @throws AsrError kind "usage" for what is wrong with a flag, a variable or a file: unknown keys,
 *   providers and profiles, wrong values, contradictions, settings that an untrusted project may
 *   not have
 */
export async function loadSettings(request: SettingsRequest): Promise<Settings> {
  const { providers, environment } = request;
  const given = givenLayers(request);
  const { config, noConfig, profile } = resolveOptions(given, providers).values;
  const readsFiles = optionsOf(request.command).some(({ key }) => key === "profile");
  const found: FoundFiles = readsFiles
    ? await findFiles({ config, noConfig }, request)
    : { files: [], foreign: [] };
  const files: FileLayers[] = [];
  for (const file of found.files) {
    files.push(await readLayers(file, { providers, surroundings: request, profile }));
  }
  if (profile !== undefined && readsFiles) assertProfile(profile, files);
  const layers = [
    ...given,
    ...files.flatMap((file) => (file.profile === undefined ? [] : [file.profile])),
    ...files.map((file) => file.base),
  ];
  const options = resolveOptions(layers, providers);
  const sections = resolveSections(layers, providers);
  return {
    values: options.values,
    sources: options.sources,
    flags: request.flags,
    vendors: sections.vendors,
    providers: sections.providers,
    resolved: new Map([...options.resolved, ...sections.resolved]),
    files: files.map((file) => file.path),
    warnings: await fileWarnings(files, found.foreign, request.platform),
    notes: unknownVariables(environment, providers),
  };
}

/** Flags before variables. */
function givenLayers({ flags, environment, providers }: SettingsRequest): readonly Layer[] {
  const providerIds = providers.map((provider) => provider.id);
  return [flagLayer(flags, providerIds), environmentLayer(environment, providers)];
}

function assertProfile(profile: string, files: readonly FileLayers[]): void {
  const names = [...new Set(files.flatMap((file) => file.profileNames))];
  if (names.includes(profile)) return;
  const where = files.map((file) => file.path).join(" and ");
  throw usageError(
    `unknown profile "${profile}"`,
    hintFor(profile, names),
    where === "" ? "no settings file was read" : `${where} has no such profile`,
  );
}
