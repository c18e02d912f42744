/** What may be shown of a setting. */
import type { Resolved } from "./resolve.ts";

/** A setting as a report shows it. */
export interface ShownSetting {
  /** Undefined where nothing is set; of a secret only whether it is set. */
  readonly value: unknown;
  readonly secret: boolean;
  readonly source: string;
}

/**
 * Takes out what nobody else may see: secrets whole, the vendor's public ids among them, and what
 * was read from a variable, of which the reference is shown.
 */
export function shown({ row, value, template, source }: Resolved): ShownSetting {
  if (row.secret !== true) return { value: template ?? value, secret: false, source };
  const isSet = value !== undefined;
  return { value: isSet ? "set" : undefined, secret: true, source: isSet ? source : "not set" };
}

/**
 * JSON without characters that move a terminal's cursor or turn its text around; they are
 * escaped, so that the value can still be read.
 */
export function safeJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, undefined, indent) ?? "";
  return text.replace(
    /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
