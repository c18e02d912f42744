/** Whether a package's files are the ones we know. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { systemCode } from "../errors.ts";
import type { KnownPackage } from "./known-packages.ts";

/** What is wrong with a file. */
export interface FileFault {
  /** Absolute. */
  readonly path: string;
  readonly fault: "missing" | "changed";
}

/**
 * Reads all that is used of a package; half a second a gigabyte.
 *
 * @param folder the package's own
 * @param use gets the bytes of each file that is right
 * @returns the first fault, undefined where there is none
 * @throws the system's error where a file is there and can't be read
 */
export function checkPackage(
  folder: string,
  { files }: KnownPackage,
  use: (file: string, bytes: Uint8Array) => void = () => {},
): FileFault | undefined {
  for (const [file, expected] of Object.entries(files)) {
    const place = path.join(folder, file);
    const bytes = bytesOf(place);
    if (bytes === undefined) return { path: place, fault: "missing" };
    const found = createHash("sha256").update(bytes).digest("hex");
    if (found !== expected) return { path: place, fault: "changed" };
    use(file, bytes);
  }
  return undefined;
}

function bytesOf(place: string): Uint8Array | undefined {
  try {
    return readFileSync(place);
  } catch (error) {
    const code = systemCode(error);
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return undefined;
    throw error;
  }
}
