/** Data from a file that is nothing but data. */
import { usageError } from "../errors.ts";
import { MAX_DEPTH } from "./parse.ts";

/** Names that reach into an object's prototype. */
const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype"]);

export type PlainMap = Readonly<Record<string, unknown>>;

function isPlainMap(data: unknown): data is PlainMap {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

/**
 * Passes a file's data where it is a map; undefined, an empty file, is an empty one.
 *
 * @throws AsrError kind "usage" for anything else, for a key that reaches into prototypes and for
 *   more than {@link MAX_DEPTH} levels
 */
export function plainMap(file: string, data: unknown): PlainMap {
  if (data === undefined) return {};
  if (!isPlainMap(data)) {
    throw usageError(
      `${file} holds no settings`,
      'write "key: value" lines',
      "settings are keys with values",
    );
  }
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== "object" || value === null) return;
    if (depth > MAX_DEPTH) throw usageError(`${file} is nested too deeply`, "flatten it");
    for (const [key, child] of Object.entries(value)) {
      if (FORBIDDEN_KEYS.has(key))
        throw usageError(`unknown key "${key}" in ${file}`, "take it out");
      visit(child, depth + 1);
    }
  };
  visit(data, 1);
  return data;
}
