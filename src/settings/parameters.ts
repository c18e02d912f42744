/** Vendor parameters by their documented names, typed and ranged by the provider's schema. */
import type { z } from "zod";
import { usageError } from "../errors.ts";
import { hintFor } from "./nearest.ts";

/** As a config file or the command line has them. */
type WrittenParameters = Readonly<Record<string, string | number | boolean>>;

/** Names that the program fills in itself: a request with another value would be refused. */
const OWNED: ReadonlySet<string> = new Set([
  "secretid",
  "timestamp",
  "expired",
  "nonce",
  "voice_id",
  "seq",
  "end",
  "appid",
  "file_id",
  "stream_id",
  "sequence_id",
  "audio.data",
]);

/** @throws AsrError kind "usage" for a name that only the program may set. */
export function refuseOwnedName(name: string): void {
  if (!OWNED.has(name.toLowerCase())) return;
  throw usageError(`the parameter ${name} can't be set`, "leave it out: the program fills it in");
}

/** What a text from the command line may stand for, besides itself. */
function* readings(value: string | number | boolean): Generator<unknown> {
  yield value;
  if (typeof value !== "string") return;
  if (value.trim() !== "" && Number.isFinite(Number(value))) yield Number(value);
  if (value === "true" || value === "false") yield value === "true";
  yield value.split(",");
}

/**
 * The parameters as the vendor's types have them: "1" becomes 1 where a number is wanted.
 *
 * @param schema a strict object of the vendor's parameters
 * @throws AsrError kind "usage" for an unknown name (with the nearest) or a value out of range.
 */
export function checkParameters(
  schema: z.ZodObject,
  values: WrittenParameters,
): Record<string, unknown> {
  const checked: Record<string, unknown> = {};
  const names = Object.keys(schema.shape);
  for (const [name, value] of Object.entries(values)) {
    refuseOwnedName(name);
    const type = Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined;
    if (type === undefined) {
      throw usageError(
        `the provider has no parameter ${name}`,
        names.length === 0
          ? "leave it out"
          : `${hintFor(name, names)}; --set-unchecked sends what is not known here`,
      );
    }
    checked[name] = read(name, type as z.ZodType, value);
  }
  return checked;
}

function read(name: string, type: z.ZodType, value: string | number | boolean): unknown {
  let reason: string | undefined;
  for (const reading of readings(value)) {
    const result = type.safeParse(reading);
    if (result.success) return result.data;
    // The complaint about the reading of the wanted type says most: of a number, its range.
    if (reason === undefined || typeof reading === "number") {
      reason = result.error.issues[0]?.message;
    }
  }
  const help = type.description;
  throw usageError(
    `the parameter ${name} can't be ${JSON.stringify(value)}`,
    help === undefined ? "see the vendor's document" : `${name}: ${help}`,
    reason,
  );
}
