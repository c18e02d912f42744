/** The files of one side of a score: what was heard, or what was said. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { hasAudioName } from "../../audio/audio-name.ts";
import { readError } from "../../audio/read-error.ts";
import { streamSource } from "../../audio/source.ts";
import { AsrError, usageError } from "../../errors.ts";
import { type Input, STDIN_NAME } from "../../jobs/inputs/inputs.ts";
import { missingError, pathInputs } from "../../jobs/inputs/path-inputs.ts";
import { extensionOf } from "../../jobs/outputs/outputs.ts";
import { keyOf } from "../../scoring/pairing.ts";
import { saidText, TEXT_EXTENSIONS } from "../said-text.ts";
import type { World } from "../world.ts";

/** A file of a side, or stdin. */
export type Item = Input;

export interface Side {
  readonly items: readonly Item[];
  /** A file was named, and no folder: it may be paired whatever its name. */
  readonly isOne: boolean;
}

export function isRecording({ path: file }: Item): boolean {
  return file !== undefined && hasAudioName(file);
}

const isText = ({ path: file = "" }: Item): boolean => TEXT_EXTENSIONS.includes(extensionOf(file));

/** Of several formats of one transcript the richest is read, and its recording only without any. */
function rank(item: Item): number {
  return isRecording(item)
    ? TEXT_EXTENSIONS.length
    : TEXT_EXTENSIONS.indexOf(extensionOf(item.name));
}

/**
 * @param recordings whether they count: they are heard, or pass for nothing
 * @throws AsrError kind "audio" for a path with nothing at it, "usage" for an empty one.
 */
export async function sideOf(
  operands: readonly string[],
  recordings: "heard" | "only" | "none",
  { workingFolder, signal }: World,
): Promise<Side> {
  if (operands.includes("")) {
    throw usageError("a path is empty", "name a transcript", "is a variable not set?");
  }
  const items: Item[] = [];
  let several = operands.length > 1;
  for (const operand of operands) {
    if (operand === STDIN_NAME) {
      items.push({ name: STDIN_NAME, relativePath: "stdin", explicit: true });
      continue;
    }
    const found = await pathInputs(operand, { workingFolder, signal });
    if (found === undefined) throw missingError(operand);
    several ||= found.several;
    items.push(...found.found);
  }
  const wanted = items.filter((item) => {
    if (item.explicit) return true;
    if (isRecording(item)) return recordings !== "none";
    return isText(item) && recordings !== "only";
  });
  const keyed = wanted.map((item) => ({ item, key: keyOf(item, hasAudioName) }));
  keyed.sort((a, b) => (a.key === b.key ? rank(a.item) - rank(b.item) : a.key < b.key ? -1 : 1));
  return { items: keyed.map(({ item }) => item), isOne: !several };
}

/** @throws AsrError kind "audio", with the file's name */
export async function readItem(item: Item, world: World): Promise<string> {
  if (item.error !== undefined) throw item.error;
  if (item.path === undefined) return await saidText(await readStdin(world));
  const content = await readFile(item.path, "utf8").catch((error: unknown) => {
    throw readError(item.name, error);
  });
  try {
    return await saidText(content, extensionOf(item.path));
  } catch (error) {
    if (!(error instanceof AsrError)) throw error;
    throw new AsrError(error.kind, `${item.name}: ${error.message}`, error.details);
  }
}

/** All of stdin as text; it may be read once. */
export async function readStdin(world: World): Promise<string> {
  const chunks: Uint8Array[] = [];
  const stdin = streamSource(world.stdin.bytes(), STDIN_NAME);
  for await (const chunk of stdin.open(world.signal)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** Whether two operands are one folder, where recordings lie beside what is said in them. */
export function isSamePath(a: string, b: string | undefined, { workingFolder }: World): boolean {
  if (b === undefined || a === STDIN_NAME || b === STDIN_NAME) return false;
  return path.resolve(workingFolder, a) === path.resolve(workingFolder, b);
}
