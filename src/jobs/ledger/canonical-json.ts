/** One text for what is the same, however its names are ordered. */

/** A list of pairs for each object; what is undefined is left out. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, item]) => [name, sorted(item)]);
}

/** @param value of plain data */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}
