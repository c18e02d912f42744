/** The Node that a binary is made of. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { unpackTar } from "modern-tar/fs";
import { NODE_VERSION, type Target } from "./targets.ts";

/** Outside of what git and npm look after; what lies here is checked each time. */
const CACHE_FOLDER = path.resolve("node_modules/.cache/asr-binary");
const NODE_PACKAGE_BINARY = path.resolve("node_modules/node/bin/node");

export interface Base {
  /** A Node for the target. */
  readonly binary: string;
  /** Its licence; the dev dependency `node` comes without. */
  readonly licence?: string;
}

/** @returns paths; fetched by npm where they are not in the cache */
export async function baseFor({ name, base, isHere }: Target, scratch: string): Promise<Base> {
  if (base === undefined) {
    if (!isHere) throw new Error(`${name} is built on such a machine alone`);
    return { binary: NODE_PACKAGE_BINARY };
  }
  const file = path.join(CACHE_FOLDER, `${base.package}-${NODE_VERSION}.tgz`);
  if (!existsSync(file)) await fetchTo(CACHE_FOLDER, `${base.package}@${NODE_VERSION}`);
  if ((await integrityOf(file)) !== base.integrity) {
    await rm(file);
    throw new Error(`${file} was not the package that is pinned; it is removed: try again`);
  }
  const folder = path.join(scratch, base.package);
  await mkdir(folder, { recursive: true });
  const [binary, licence] = [`package/${base.binary}`, "package/LICENSE"];
  await pipeline(
    createReadStream(file),
    createGunzip(),
    unpackTar(folder, { filter: ({ name: entry }) => entry === binary || entry === licence }),
  );
  return { binary: path.join(folder, binary), licence: path.join(folder, licence) };
}

async function fetchTo(folder: string, spec: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  try {
    const words = ["pack", spec, "--silent"];
    execFileSync("npm", words, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  } catch (cause) {
    throw new Error(`${spec} is not in ${folder}, and npm could not fetch it`, { cause });
  }
}

async function integrityOf(file: string): Promise<string> {
  const hash = createHash("sha512");
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest("base64")}`;
}
