/** When two requests are the same to a recording. Pure. */

import { CHANGING } from "./request-shape.ts";
import type { CallRule } from "./rules.ts";
import type { RequestRecord } from "./schema.ts";

type Compared = Omit<RequestRecord, "sent_ms" | "origin">;

/** Equal where all but the body is; the identifier, which each run makes up anew, does not count. */
export function headKey(request: Compared, { identifier }: CallRule): string {
  const { name, method, path, parameters, headers } = request;
  const compared =
    identifier !== undefined && Object.hasOwn(parameters, identifier)
      ? { ...parameters, [identifier]: CHANGING }
      : parameters;
  return JSON.stringify(sorted([name, method, path, compared, headers]));
}

/** The body's part; undefined where the body is not known, since not all of it was sent. */
export function bodyKey({ body }: Compared, { identifier }: CallRule): string | undefined {
  if (body === undefined) return "";
  if (body.sent_bytes !== undefined) return undefined;
  const { size_bytes: sizeBytes, sha256, json } = body;
  if (json === undefined) return JSON.stringify([sizeBytes, sha256]);
  return JSON.stringify(sorted(json, identifier));
}

/** Members by name; the text at a dotted place is left out. */
function sorted(value: unknown, leftOut?: string): unknown {
  if (Array.isArray(value)) return value.map((item) => sorted(item));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, item]): [string, unknown] => {
    if (name === leftOut) return [name, CHANGING];
    const isAbove = leftOut?.startsWith(`${name}.`) === true;
    return [name, sorted(item, isAbove ? leftOut?.slice(name.length + 1) : undefined)];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
