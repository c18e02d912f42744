/** A provider's own data as a report: what it takes, its limits, what it gives, its parameters. */
import { z } from "zod";
import type { Capabilities, Provider, Support } from "./contract.ts";

/** A vendor parameter as `--set` takes it. */
export interface ParameterReport {
  readonly name: string;
  readonly type: string;
  /** "0 to 3", "a, b or c"; undefined: anything of its type. */
  readonly range?: string;
  readonly default?: unknown;
  readonly help: string;
}

export interface ProviderReport {
  readonly id: string;
  readonly vendor: string;
  readonly title: string;
  readonly documentation: string;
  readonly remote: boolean;
  readonly credentials: readonly {
    readonly name: string;
    readonly variable: string;
    readonly optional: boolean;
    readonly help: string;
  }[];
  readonly accepts: Capabilities["accepts"];
  readonly limits: Capabilities["limits"];
  readonly gives: Capabilities["gives"];
  readonly languages: readonly string[];
  readonly models: readonly string[];
  readonly parameters: readonly ParameterReport[];
}

/** What JSON Schema says of one property, as far as a report shows it. */
interface PropertySchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly PropertySchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly items?: PropertySchema;
  readonly default?: unknown;
  readonly description?: string;
}

function typeOf({ type, enum: choices, anyOf, items, const: only }: PropertySchema): string {
  if (type === "array") return `list of ${typeOf(items ?? {})}`;
  if (type !== undefined) return type;
  const values = choices ?? (only === undefined ? undefined : [only]);
  if (values !== undefined) return typeof values[0];
  return [...new Set(anyOf?.map(typeOf))].join(" or ") || "any";
}

// Where a schema sets no bound, zod names the safe integers.
function isBound(value: number | undefined): value is number {
  return value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
}

function rangeOf(schema: PropertySchema): string | undefined {
  const { anyOf, enum: choices, const: only, minimum, maximum, minLength, maxLength } = schema;
  if (choices !== undefined) return choices.join(", ");
  if (only !== undefined) return String(only);
  if (anyOf !== undefined) {
    const ranges = anyOf.flatMap((option) => rangeOf(option) ?? []);
    return ranges.length === 0 ? undefined : ranges.join(" or ");
  }
  if (isBound(minimum) && isBound(maximum)) return `${minimum} to ${maximum}`;
  if (isBound(minimum)) return `at least ${minimum}`;
  if (isBound(maximum)) return `at most ${maximum}`;
  if (maxLength === undefined) return undefined;
  if (minLength === maxLength) return `${maxLength} characters`;
  return `at most ${maxLength} characters`;
}

function parametersOf(provider: Provider): ParameterReport[] {
  const schema = z.toJSONSchema(provider.parameters, { io: "input", unrepresentable: "any" });
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const own = property as PropertySchema;
    const range = rangeOf(own);
    return {
      name,
      type: typeOf(own),
      ...(range === undefined ? {} : { range }),
      ...(own.default === undefined ? {} : { default: own.default }),
      help: own.description ?? "",
    };
  });
}

export function describeProvider(provider: Provider): ProviderReport {
  const { id, vendor, title, documentation, capabilities } = provider;
  const { accepts, limits, gives, languages, models, remote } = capabilities;
  const credentials = provider.credentials.map(({ name, variable, optional, help }) => ({
    name,
    variable,
    optional: optional ?? false,
    help,
  }));
  return {
    ...{ id, vendor, title, documentation, remote, credentials },
    ...{ accepts, limits, gives, languages, models },
    parameters: parametersOf(provider),
  };
}

/** "yes", "no", "approximate". */
export function supportText(support: Support): string {
  if (support === "approximate") return support;
  return support ? "yes" : "no";
}
