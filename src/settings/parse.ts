/**
 * The text of a settings file into data. Data formats only: JSON, and YAML 1.2 without tags
 * that make anything but text, numbers, booleans, lists and maps.
 */
import path from "node:path";
import { type AsrError, usageError } from "../errors.ts";
import { offsetOfJsonError } from "./json-place.ts";

/** More than any settings need; keeps a hostile file from filling the memory. */
const MAX_CHARACTERS = 1024 * 1024;

/** Levels of a file; the deepest real one is `profiles.NAME.providers.ID.set.NAME`. */
export const MAX_DEPTH = 16;

/**
 * @param file names the format by its extension: JSON, else YAML (of which JSON is a part)
 * @returns undefined for a YAML file without content
 * @throws AsrError kind "usage", naming file and line and nothing of the file's content: it may
 *   hold secrets
 */
export async function parseData(file: string, content: string): Promise<unknown> {
  if (content.length > MAX_CHARACTERS) {
    throw usageError(`${file} is too large for settings`, "keep it under a million characters");
  }
  const text = content.replace(/^\uFEFF/, "");
  return path.extname(file) === ".json" ? parseJson(file, text) : parseYaml(file, text);
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw syntaxError(file, "JSON", text, offsetOfJsonError(text) ?? text.length);
  }
}

async function parseYaml(file: string, text: string): Promise<unknown> {
  const { CORE_SCHEMA, loadAll, YAMLException } = await import("js-yaml");
  try {
    // No aliases: a few lines of them can stand for billions of nodes.
    const documents = loadAll(text, { schema: CORE_SCHEMA, maxAliases: 0, maxDepth: MAX_DEPTH });
    if (documents.length > 1) throw usageError(`${file} holds several documents`, "keep one");
    return documents[0] ?? undefined;
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw syntaxError(file, "YAML", text, error.mark?.position ?? text.length, error.reason);
  }
}

function syntaxError(
  file: string,
  format: string,
  text: string,
  offset: number,
  reason?: string,
): AsrError {
  const before = text.slice(0, offset).split("\n");
  const column = (before.at(-1)?.length ?? 0) + 1;
  // The words before the first quotation are the parser's own; what follows is from the file.
  const why = reason?.split(/[!"'<*&:]/)[0]?.trim() ?? "";
  return usageError(
    `${file}:${before.length}:${column} is not ${format}`,
    "correct it there; asr config init writes a file that works",
    why === "" ? undefined : why,
  );
}
