/** zod schemas derived from the tables, and the JSON Schema of a settings file. */
import { z } from "zod";
import { isAddress } from "./address.ts";
import type { ProviderEntry } from "./registry.ts";
import { type ConfigNode, configTree } from "./tree.ts";
import type { SettingRow, ValueType } from "./value.ts";

/** A text with `${env:NAME}` stands for any value until it is filled in. */
const TEMPLATE = /\$\{env:[^}]*\}/;

function ranged(base: z.ZodNumber, { min, max }: { min?: number; max?: number }): z.ZodNumber {
  const least = min === undefined ? base : base.min(min);
  return max === undefined ? least : least.max(max);
}

/** The schema of a value in its final form. */
export function valueSchema(type: ValueType, providerIds: readonly string[]): z.ZodType {
  switch (type.kind) {
    case "string":
      return type.pattern === undefined ? z.string().min(1) : z.string().regex(type.pattern);
    case "integer":
      return ranged(z.int(), type);
    case "number":
      return ranged(z.number(), type);
    case "rate":
      return z.number().min(0);
    case "boolean":
      return z.boolean();
    case "enum":
      return z.enum([...type.values]);
    case "enumOrNumber":
      return z.union([z.enum([...type.values]), ranged(z.number(), type)]);
    case "switchOrText":
      return z.union([z.boolean(), z.string().min(1)]);
    case "provider":
      return z.enum([...providerIds]);
    case "address":
      return z.string().refine(isAddress);
    case "list":
      return z.array(valueSchema(type.of, providerIds)).min(type.minItems ?? 0);
    case "map":
      return z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
  }
}

/** The schema of a value as a file may write it: a template anywhere, a text for a list. */
function writtenSchema(type: ValueType, providerIds: readonly string[]): z.ZodType {
  const final = valueSchema(type, providerIds);
  if (type.kind === "map" || (type.kind === "string" && type.pattern === undefined)) return final;
  if (type.kind === "list") {
    return z.union([z.array(writtenSchema(type.of, providerIds)), z.string()]);
  }
  return z.union([final, z.string().regex(TEMPLATE)]);
}

function settingSchema(row: SettingRow, providerIds: readonly string[]): z.ZodType {
  return writtenSchema(row.value, providerIds).meta({
    description: row.help,
    ...(row.default === undefined ? {} : { default: row.default }),
  });
}

function nodeSchema(node: ConfigNode, providerIds: readonly string[]): z.ZodType {
  if (node.kind === "setting") return settingSchema(node.row, providerIds);
  if (node.kind === "named") {
    return z.record(z.string(), nodeSchema(node.of, providerIds)).meta({ description: node.help });
  }
  const shape = Object.fromEntries(
    [...node.children].map(([key, child]) => [key, nodeSchema(child, providerIds).optional()]),
  );
  return z.strictObject(shape).meta({ description: node.help });
}

/** The schema of a whole settings file, as it is written. */
export function fileSchema(providers: readonly ProviderEntry[]): z.ZodType {
  return nodeSchema(
    configTree(providers),
    providers.map((provider) => provider.id),
  );
}

/** The JSON Schema (2020-12) of a settings file, for editors and `asr schema config`. */
export function configJsonSchema(providers: readonly ProviderEntry[]): unknown {
  return z.toJSONSchema(fileSchema(providers), { io: "input", unrepresentable: "any" });
}
