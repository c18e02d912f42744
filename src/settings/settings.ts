/** The settings in force, as commands see them. */
import type { GivenFlags } from "./flags.ts";
import type { OptionKey, OptionValues } from "./options.ts";
import type { Resolved } from "./resolve.ts";
import type { Secret } from "./secret.ts";
import type { ProviderValues, VendorValues } from "./sections.ts";

export interface Credential {
  readonly secret: Secret;
  readonly source: string;
}

export interface VendorSettings extends VendorValues {
  /** By their names; those that are not set are not there. */
  readonly credentials: Readonly<Record<string, Credential>>;
}

export interface Settings {
  /** The options; `model` and `language` as the chosen provider's section has them. */
  readonly values: OptionValues;
  /** "flag", "environment ASR_X", "profile x in FILE", "FILE" or "default". */
  readonly sources: Readonly<Record<OptionKey, string>>;
  /** What was given on the command line, as it was written there. */
  readonly flags: GivenFlags;
  /** By vendor. */
  readonly vendors: Readonly<Record<string, VendorSettings>>;
  /**
   * By provider id: what holds where that provider is used. `model` and `language` fall back to
   * the options, `baseUrl` to the vendor's.
   */
  readonly providers: Readonly<Record<string, ProviderValues>>;
  /** Every setting by its place in a file, for reports. */
  readonly resolved: ReadonlyMap<string, Resolved>;
  /** The files that were read, the strongest first. */
  readonly files: readonly string[];
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  /** Lines for `-v`. */
  readonly notes: readonly string[];
}
