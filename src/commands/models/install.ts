/** `asr models install`. */
import { rm } from "node:fs/promises";
import { findPackage, installationFolder, packagePlaces } from "../../installation/find-package.ts";
import { gatherSources } from "../../installation/gather.ts";
import { installPackages } from "../../installation/install.ts";
import { makeScratch } from "../../installation/scratch.ts";
import type { World } from "../world.ts";

/** @throws AsrError kinds "usage", "network" and "output" */
export async function installModels(words: readonly string[], world: World): Promise<void> {
  const folder = installationFolder(world);
  const scratch = await makeScratch(world.temporaryFolder);
  try {
    const { environment, platform, signal, workingFolder, console, randomBytes } = world;
    const sources = await gatherSources(words, {
      environment,
      platform,
      signal,
      workingFolder,
      scratch,
      installedIn: folder,
      note: console.debug,
    });
    for (const { name, version, folder: place, already } of await installPackages(
      sources,
      folder,
      randomBytes,
    )) {
      console.note(`${name} ${version} ${already ? "is there already" : "installed"}: ${place}`);
      const used = findPackage(name, packagePlaces(world))?.path;
      if (used === undefined || used === place) continue;
      console.note(`${used} goes before it: asr models list says whether that is whole`);
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
