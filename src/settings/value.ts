/** The kinds of values a setting can have, as plain data, and the types they stand for. */

export type ValueType =
  | {
      readonly kind: "string";
      readonly pattern?: RegExp;
      /** What the pattern asks for, to be read after "it must be". */
      readonly expects?: string;
    }
  | { readonly kind: "integer"; readonly min?: number; readonly max?: number }
  | { readonly kind: "number"; readonly min?: number; readonly max?: number }
  /** A part of one, which may be written in per cent: 0.05 or 5%. */
  | { readonly kind: "rate" }
  | { readonly kind: "boolean" }
  | { readonly kind: "enum"; readonly values: readonly string[] }
  /** A word of a closed list, or a number. */
  | {
      readonly kind: "enumOrNumber";
      readonly values: readonly string[];
      readonly min?: number;
      readonly max?: number;
    }
  /** Off, on, or on with a text that says more (`--mic [DEVICE]`). */
  | { readonly kind: "switchOrText" }
  /** The id of a provider: the registry knows which there are. */
  | { readonly kind: "provider" }
  /** An origin with an optional path; http only to this machine. */
  | { readonly kind: "address" }
  | { readonly kind: "list"; readonly of: ValueType; readonly minItems?: number }
  /** Names with text, numbers or booleans (`NAME=VALUE` on the command line). */
  | { readonly kind: "map" };

type MapValue = Readonly<Record<string, string | number | boolean>>;

/** The TypeScript type of a value type. */
type ValueOf<T extends ValueType> = T extends { kind: "enum"; values: readonly (infer V)[] }
  ? V
  : T extends { kind: "enumOrNumber"; values: readonly (infer V)[] }
    ? V | number
    : T extends { kind: "list"; of: infer Item extends ValueType }
      ? readonly ValueOf<Item>[]
      : T extends { kind: "integer" | "number" | "rate" }
        ? number
        : T extends { kind: "boolean" }
          ? boolean
          : T extends { kind: "switchOrText" }
            ? boolean | string
            : T extends { kind: "map" }
              ? MapValue
              : string;

/** One setting: what an option, a key of a vendor and a key of a provider have in common. */
export interface SettingRow {
  /** camelCase: its name in a config file. */
  readonly key: string;
  readonly value: ValueType;
  /** One line; starts in lower case and ends without a full stop. */
  readonly help: string;
  readonly default?: unknown;
  /** A value for the example file where there is no default. */
  readonly example?: unknown;
  /** A file or a folder: relative to the config file that names it. */
  readonly path?: boolean;
  /**
   * What an untrusted project's file may not set: the setting at all, or only a path in it
   * (a `model` may be a name or a folder).
   */
  readonly refusedUntrusted?: "always" | "path";
  /** Never shown, in no output. */
  readonly secret?: boolean;
}

/** The object type that a table of rows describes: a row with a default is always there. */
export type ValuesOf<R extends SettingRow> = {
  readonly [K in R as K["key"]]:
    | ValueOf<K["value"]>
    | (K extends { default: unknown } ? never : undefined);
};
