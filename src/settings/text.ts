/** Values from text: what flags, variables and `${env:NAME}` give. */
import type { ValueType } from "./value.ts";

const BOOLEANS = new Map([
  ["1", true],
  ["true", true],
  ["yes", true],
  ["0", false],
  ["false", false],
  ["no", false],
]);

/**
 * The value that a text stands for. A text that is none is returned as it is, for the schema to
 * refuse: syntax is read here, and nothing is judged.
 */
export function fromText(type: ValueType, text: string): unknown {
  switch (type.kind) {
    case "integer":
    case "number":
    case "enumOrNumber":
      return /^[+-]?(\d+(\.\d+)?|\.\d+)$/.test(text.trim()) ? Number(text) : text;
    case "rate":
      return rateFrom(text.trim());
    case "boolean":
    case "switchOrText":
      return BOOLEANS.get(text.trim().toLowerCase()) ?? text;
    case "list":
      return fromTexts(type, text.split(","));
    case "map":
      return fromTexts(type, text.split(","));
    default:
      return text;
  }
}

function rateFrom(text: string): number | string {
  const [, number, percent] = /^(\d+(?:\.\d+)?|\.\d+)\s*(%?)$/.exec(text) ?? [];
  if (number === undefined) return text;
  return percent === "%" ? Number(number) / 100 : Number(number);
}

/** A list or map from one text an item; empty items are left out. */
export function fromTexts(type: ValueType, texts: readonly string[]): unknown {
  const items = texts.map((text) => text.trim()).filter((text) => text !== "");
  if (type.kind === "list") return items.map((item) => fromText(type.of, item));
  // A name without a value is no pair: the schema refuses the text as a whole.
  if (items.some((item) => item.indexOf("=") < 1)) return items.join(" ");
  const pairs = items.map((item): [string, string] => {
    const equals = item.indexOf("=");
    return [item.slice(0, equals), item.slice(equals + 1)];
  });
  return Object.fromEntries(pairs);
}
