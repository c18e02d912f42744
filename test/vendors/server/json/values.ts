/** JSON values as types. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `base` with the fields of `over` put in, objects merged field by field. */
export function mergeJson(base: Json, over: JsonObject): JsonObject {
  const merged: Record<string, Json> = isJsonObject(base) ? { ...base } : {};
  for (const [name, value] of Object.entries(over)) {
    const known = merged[name];
    merged[name] =
      isJsonObject(value) && known !== undefined && isJsonObject(known)
        ? mergeJson(known, value)
        : value;
  }
  return merged;
}
