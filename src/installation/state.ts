/** What of the known models is installed, and whether it is right. */
import { checkPackage } from "./check-package.ts";
import { type FindPackage, findPackage } from "./find-package.ts";
import { type KnownPackage, knownModels, type Model } from "./known-packages.ts";

export type ModelState = "installed" | "damaged" | "missing";

export interface ModelReport {
  readonly model: Model;
  readonly state: ModelState;
  /** Of the package that it is named after, absolute; undefined where it is missing. */
  readonly folder?: string;
  /** The first file that is not right. */
  readonly faultyFile?: string;
  /** Whether npm looks after it. */
  readonly byNpm?: boolean;
}

/** Reads all that is installed. */
export function modelReports(find: FindPackage = findPackage): readonly ModelReport[] {
  return knownModels().map((model) => reportOf(model, find));
}

function reportOf(model: Model, find: FindPackage): ModelReport {
  const [main] = model.packages;
  const found = main === undefined ? undefined : find(main.name);
  if (found === undefined) return { model, state: "missing" };
  const faultyFile = firstFault(model.packages, find);
  const state = faultyFile === undefined ? "installed" : "damaged";
  return {
    model,
    state,
    folder: found.path,
    byNpm: found.byNpm,
    ...(faultyFile === undefined ? {} : { faultyFile }),
  };
}

function firstFault(packages: readonly KnownPackage[], find: FindPackage): string | undefined {
  for (const known of packages) {
    const found = find(known.name);
    if (found === undefined) return known.name;
    const fault = checkPackage(found.path, known);
    if (fault !== undefined) return fault.path;
  }
  return undefined;
}
