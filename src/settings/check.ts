/** Looks whether values are what their settings take. Values are validated, never coerced. */
import { type AsrError, usageError } from "../errors.ts";
import { expects, meantBy } from "./expects.ts";
import { valueSchema } from "./schema.ts";
import type { SettingRow } from "./value.ts";

/** A value on its way into the settings. */
export interface Candidate {
  readonly row: SettingRow;
  readonly value: unknown;
  /** As the user knows it: "--rate", "ASR_RATE", `rate in /x/.asrrc`. */
  readonly name: string;
  /** True where a file's value was made from variables: then no message repeats it. */
  readonly isTemplate?: boolean;
}

/** Whether a message may repeat the value; an address may hold a password. */
function isSpeakable({ row, isTemplate }: Candidate): boolean {
  return isTemplate !== true && row.secret !== true && row.value.kind !== "address";
}

/** The error for a value that a setting does not take (exit 2). */
export function valueError(candidate: Candidate, providerIds: readonly string[]): AsrError {
  const { row, value, name } = candidate;
  const speakable = isSpeakable(candidate);
  const what = speakable
    ? `${name} can't be ${JSON.stringify(value)}`
    : `${name} has a wrong value`;
  const needed = `it must be ${expects(row.value, providerIds)}`;
  const textWanted = row.value.kind === "string" && typeof value !== "string";
  if (textWanted && (typeof value === "number" || typeof value === "boolean")) {
    return usageError(`${name} is a ${typeof value}, not text`, 'quote it: "…"', needed);
  }
  if (value === null) {
    return usageError(`${name} has no value`, "give it one, or take the key out", needed);
  }
  const meant = speakable ? meantBy(row.value, value, providerIds) : undefined;
  return usageError(
    what,
    meant === undefined ? "correct it, or leave it out" : `did you mean "${meant}"?`,
    needed,
  );
}

/**
 * Passes a value in its final form; a list of names loses its repetitions.
 *
 * @throws AsrError kind "usage"
 */
export function checkedValue(candidate: Candidate, providerIds: readonly string[]): unknown {
  const parsed = valueSchema(candidate.row.value, providerIds).safeParse(candidate.value);
  if (!parsed.success) throw valueError(candidate, providerIds);
  const { data } = parsed;
  return Array.isArray(data) ? [...new Set(data)] : data;
}
