/**
 * Files of the program beside its code. They lie in the source tree, beside the bundle of the npm
 * package, or inside the single-file binary; only this module knows which of the three runs.
 */
import { readFile } from "node:fs/promises";
import { getAsset, isSea } from "node:sea";
import { pathToFileURL } from "node:url";

/** Name beside the bundle and in the binary → where it is in the sources, from this module. */
export const PROGRAM_FILES = {
  "silero_vad.onnx": "../audio/voice/silero_vad.onnx",
} as const;

/** The thread of the local recogniser: bundled, it is a script of its own. */
export const WORKER_FILE = "local-worker.js";
const WORKER_SOURCE = "../providers/local/worker.ts";

/** Whether this is the single-file binary. Its files beside the code are then assets in it. */
export const isBinary: boolean = isSea();

/** Where the program lies: the binary itself, or this module or the bundle that it is part of. */
export const programUrl: string = isBinary ? pathToFileURL(process.execPath).href : import.meta.url;

const isSource = programUrl.endsWith(".ts");

/** @throws the system's error where the installation is not whole */
export async function readProgramFile(name: keyof typeof PROGRAM_FILES): Promise<Uint8Array> {
  if (isBinary) return new Uint8Array(getAsset(name));
  return readFile(new URL(isSource ? PROGRAM_FILES[name] : `./${name}`, programUrl));
}

/** What `new Worker` takes to start the local recogniser's thread. */
export function workerEntry(): { readonly entry: string | URL; readonly eval: boolean } {
  if (isBinary) return { entry: getAsset(WORKER_FILE, "utf8"), eval: true };
  return {
    entry: new URL(isSource ? WORKER_SOURCE : `./${WORKER_FILE}`, programUrl),
    eval: false,
  };
}
