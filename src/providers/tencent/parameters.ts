/** Vendor parameters on their way into a query. */
import type { z } from "zod";
import { usageError } from "../../errors.ts";
import type { Query } from "./signature.ts";

/**
 * The parameters as the schema types them. Who hands them over has checked them before; this
 * holds for every caller.
 *
 * @throws AsrError kind "usage"
 */
export function typedParameters<S extends z.ZodObject>(
  schema: S,
  parameters: Readonly<Record<string, unknown>>,
): z.output<S> {
  const parsed = schema.safeParse(parameters);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = issue?.path.join(".") ?? "";
  throw usageError(
    name === "" ? "a vendor parameter is not known" : `${name} has a value that it does not take`,
    "correct it, or leave it out; asr providers lists what there is",
    issue?.message,
  );
}

/** Values as the URL carries them; what is undefined is left out. */
export function queryOf(values: Readonly<Record<string, unknown>>): Query {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  );
}

/** What the program fills in itself; in either API. */
const OWNED_NAMES: readonly string[] = [
  "appid",
  "secretid",
  "timestamp",
  "expired",
  "nonce",
  "voice_id",
  "seq",
  "end",
];

/**
 * Parameters that we do not know (`--set-unchecked`), as they are.
 *
 * @param schema Of those we know: unchecked, they would be sent without being heeded here.
 * @throws AsrError kind "usage" for one of those, or a name that the program fills in itself.
 */
export function uncheckedQuery(
  parameters: Readonly<Record<string, string>>,
  schema: z.ZodObject,
): Query {
  for (const name of Object.keys(parameters)) {
    if (OWNED_NAMES.includes(name.toLowerCase())) {
      throw usageError(
        `the parameter ${name} can't be set`,
        "leave it out: the program fills it in",
      );
    }
    if (Object.hasOwn(schema.shape, name)) {
      throw usageError(
        `the parameter ${name} is known here, and can't go unchecked`,
        `set it with --set ${name}=VALUE`,
      );
    }
  }
  return parameters;
}
