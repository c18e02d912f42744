/** Reads a model's files and checks that they are the ones we know. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AsrError } from "../../errors.ts";
import type { ModelFolder } from "./model.ts";

/**
 * The bytes of a file of the model. They are checked after they were read, so what was checked
 * is what is used; SHA-256 takes half a second a gigabyte.
 *
 * @throws AsrError kind "usage" where the file can't be read or is not the one pinned
 */
export function readModelFile(model: ModelFolder, file: string): Uint8Array<ArrayBuffer> {
  const path = join(model.path, file);
  const bytes = readBytes(path, model);
  const expected = model.checksums?.[file];
  if (expected === undefined) {
    if (model.checksums === undefined) return bytes;
    throw new Error(`no checksum of ${file} is pinned`);
  }
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found === expected) return bytes;
  throw new AsrError("usage", `the model "${model.name}" is damaged or not the one we know`, {
    reason: `${path} has the SHA-256 ${found} and not ${expected}`,
    hint: "asr models list says what to remove, and how to install it again; your own weights go into a folder: --model FOLDER",
  });
}

function readBytes(path: string, model: ModelFolder): Uint8Array<ArrayBuffer> {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new AsrError("usage", `the model "${model.name}" can't be read`, {
      reason: cause instanceof Error ? cause.message : String(cause),
      hint: "check the file's permissions, or install the model again",
      cause,
    });
  }
}
