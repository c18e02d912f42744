/** Where optional packages are looked for. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { type DataSurroundings, dataFolder } from "./data-folder.ts";
import { ownHomeFolder } from "./home-folder.ts";
import { isBinary, programUrl } from "./program-files.ts";

/** A folder of packages. */
export interface PackagePlace {
  readonly path: string;
  /** Whether npm looks after it: then the user may have put another release there on purpose. */
  readonly byNpm: boolean;
}

export interface FoundPackage extends PackagePlace {
  /** The package's own folder, absolute. */
  readonly path: string;
}

/** Finds the folder of a package; undefined where it is not installed. */
export type FindPackage = (name: string) => FoundPackage | undefined;

const thisProcess: DataSurroundings = {
  environment: process.env,
  get homeFolder() {
    return ownHomeFolder();
  },
  platform: process.platform,
};

/** Where `asr models install` puts packages. */
export function installationFolder(surroundings: DataSurroundings): string {
  return path.join(dataFolder(surroundings), "node_modules");
}

/** Beside the program (for the npm package: where npm would look), then the user's data folder. */
export function packagePlaces(surroundings = thisProcess): readonly PackagePlace[] {
  const beside = isBinary
    ? [{ path: path.join(path.dirname(process.execPath), "node_modules"), byNpm: false }]
    : (createRequire(programUrl).resolve.paths("any") ?? []).map((folder) => ({
        path: folder,
        byNpm: true,
      }));
  return [...beside, { path: installationFolder(surroundings), byNpm: false }];
}

export function findPackage(name: string, places = packagePlaces()): FoundPackage | undefined {
  for (const place of places) {
    const folder = path.join(place.path, name);
    if (existsSync(path.join(folder, "package.json"))) return { ...place, path: folder };
  }
  return undefined;
}
