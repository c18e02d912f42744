/** What a value must be, in words. */
import { nearest } from "./nearest.ts";
import { fromText } from "./text.ts";
import type { ValueType } from "./value.ts";

function inRange({ min, max }: { min?: number; max?: number }): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  return min === undefined ? "" : ` of at least ${min}`;
}

/** To be read after "it must be". */
export function expects(type: ValueType, providerIds: readonly string[]): string {
  switch (type.kind) {
    case "string":
      return type.expects ?? "text";
    case "integer":
      return `an integer${inRange(type)}`;
    case "number":
      return `a number${inRange(type)}`;
    case "rate":
      return "a rate such as 0.05 or, not in a file, 5%";
    case "boolean":
      return "true or false";
    case "enum":
      return `one of ${type.values.join(", ")}`;
    case "enumOrNumber":
      return `${type.values.join(", ")}, or a number${inRange(type)}`;
    case "switchOrText":
      return "true, false or text";
    case "provider":
      return `one of ${providerIds.join(", ")}`;
    case "address":
      return "an https address without user name and query (http only to this machine)";
    case "list":
      return `a list, each item ${expects(type.of, providerIds)}`;
    case "map":
      return "NAME=VALUE, or in a file names with text, numbers or booleans";
  }
}

/** The name of a closed list that was probably meant. */
export function meantBy(
  type: ValueType,
  value: unknown,
  providerIds: readonly string[],
): string | undefined {
  if (type.kind === "list") {
    const items = typeof value === "string" ? fromText(type, value) : value;
    if (!Array.isArray(items)) return undefined;
    return items.map((item) => meantBy(type.of, item, providerIds)).find((name) => name);
  }
  if (typeof value !== "string") return undefined;
  const hasWords = type.kind === "enum" || type.kind === "enumOrNumber";
  const names = hasWords ? type.values : type.kind === "provider" ? providerIds : [];
  return names.includes(value) ? undefined : nearest(value, names);
}
