/** A text file that is read whole: a transcript, or subtitles. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { streamSource } from "../audio/source.ts";
import { AsrError, systemCode } from "../errors.ts";
import type { Input } from "../jobs/inputs/input.ts";
import { STDIN_NAME } from "../jobs/inputs/inputs.ts";
import type { World } from "./world.ts";

export function storedInput(operand: string, { workingFolder }: World): Input {
  if (operand === STDIN_NAME) return { name: operand, relativePath: "stdin", explicit: true };
  const file = path.resolve(workingFolder, operand);
  return { name: operand, path: file, relativePath: path.basename(file), explicit: true };
}

/** @throws AsrError kind "audio" for what can't be read; the signal's reason. */
export async function storedBytes({ name, path: file }: Input, world: World): Promise<Uint8Array> {
  const { signal, stdin } = world;
  if (file === undefined) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of streamSource(stdin.bytes(), name).open(signal)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }
  try {
    return await readFile(file, { signal });
  } catch (error) {
    signal.throwIfAborted();
    const code = systemCode(error);
    throw new AsrError("audio", `can't read ${name}`, {
      reason: REASONS[code ?? ""] ?? code ?? String(error),
      hint: "check the path",
      cause: error,
    });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "you may not read it",
};
