/** zod schemas derived from the tables, and the JSON Schema of a settings file. */
import { z } from "zod";
import { isAddress } from "./address.ts";
import type { ProviderEntry } from "./registry.ts";
import { type ConfigNode, configTree, type SectionNode } from "./tree.ts";
import type { SettingRow, ValueType } from "./value.ts";

/** A text with `${env:NAME}` stands for any value until it is filled in. */
const TEMPLATE_TEXT = z.string().regex(/\$\{env:[^}]*\}/);

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

/** Of a list of known words in one text: between commas, of which some may be too many. */
function listPattern(words: readonly string[], minItems: number): RegExp {
  const item = `(?:${words.join("|")})\\s*`;
  const before = minItems === 0 ? `\\s*(?:${item})?` : `[\\s,]*${item}`;
  return new RegExp(`^${before}(?:,\\s*(?:${item})?)*$`);
}

/** The schema of a list in one text. */
function listTextSchema({ of, minItems = 0 }: Extract<ValueType, { kind: "list" }>): z.ZodType {
  return of.kind === "enum" ? z.string().regex(listPattern(of.values, minItems)) : z.string();
}

/** The schema of a value as a file may write it: a text for a list, and a template anywhere. */
function writtenSchema(
  type: ValueType,
  providerIds: readonly string[],
  templates: boolean,
): z.ZodType {
  const final = valueSchema(type, providerIds);
  if (type.kind === "map" || (type.kind === "string" && type.pattern === undefined)) return final;
  if (type.kind === "list") {
    const items = z.array(writtenSchema(type.of, providerIds, templates));
    const texts = templates ? [listTextSchema(type), TEMPLATE_TEXT] : [listTextSchema(type)];
    return z.union([items.min(type.minItems ?? 0), ...texts]);
  }
  return templates ? z.union([final, TEMPLATE_TEXT]) : final;
}

function settingSchema(
  row: SettingRow,
  providerIds: readonly string[],
  templates: boolean,
): z.ZodType {
  return writtenSchema(row.value, providerIds, templates).meta({
    description: row.help,
    ...(row.default === undefined ? {} : { default: row.default }),
  });
}

/** The schema of an object with these settings, all of them optional, and no variables in them. */
export function rowsSchema(rows: readonly SettingRow[]): z.ZodObject {
  const shape = rows.map((row) => [row.key, settingSchema(row, [], false).optional()] as const);
  return z.strictObject(Object.fromEntries(shape));
}

function nodeSchema(node: ConfigNode, providerIds: readonly string[]): z.ZodType {
  if (node.kind === "setting") return settingSchema(node.row, providerIds, true);
  if (node.kind === "named") {
    return z.record(z.string(), nodeSchema(node.of, providerIds)).meta({ description: node.help });
  }
  return sectionSchema(node, providerIds).meta({ description: node.help });
}

function sectionSchema(node: SectionNode, providerIds: readonly string[]): z.ZodObject {
  const shape = [...node.children].map(
    ([key, child]) => [key, nodeSchema(child, providerIds).optional()] as const,
  );
  return z.strictObject(Object.fromEntries(shape));
}

/** The schema of a whole settings file, as it is written. */
export function fileSchema(providers: readonly ProviderEntry[]): z.ZodObject {
  const providerIds = providers.map((provider) => provider.id);
  return sectionSchema(configTree(providers), providerIds).extend({
    $schema: z.unknown().describe("for editors: where this schema is").optional(),
  });
}

/** The JSON Schema (2020-12) of a settings file. */
export function configJsonSchema(providers: readonly ProviderEntry[]) {
  return z.toJSONSchema(fileSchema(providers), { io: "input", unrepresentable: "any" });
}
