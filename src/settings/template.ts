/** `${env:NAME}` in the values of a settings file. */
import { usageError } from "../errors.ts";

const REFERENCE = /\$\{env:([^}]*)\}/g;

/** Whether a value of a file reads a variable anywhere. */
export function isTemplate(value: unknown): boolean {
  if (typeof value === "string") return value.includes("${env:");
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(isTemplate);
}

/**
 * A value with its variables filled in. What a variable holds is not read again.
 *
 * @param name of the setting, for errors
 * @throws AsrError kind "usage" for a variable that is not set or empty; names it, and no value
 */
export function fillIn(
  value: unknown,
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
): unknown {
  if (typeof value === "string") {
    return value.replace(REFERENCE, (_, variable: string) => {
      const text = environment[variable];
      if (text !== undefined && text !== "") return text;
      throw usageError(
        `${name} reads the variable ${variable}, which is not set`,
        `set ${variable}, or write the value into the file`,
      );
    });
  }
  if (Array.isArray(value)) return value.map((item) => fillIn(item, environment, name));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fillIn(item, environment, name)]),
  );
}
