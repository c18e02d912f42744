/** Settings by where they came from, before it is decided which win. */

/** A value and where it came from. */
export interface Entry {
  readonly value: unknown;
  /** "flag", "environment ASR_X", "profile x in FILE", "FILE" or "default". */
  readonly source: string;
  /** What the file says, where the value was made from it with `${env:NAME}`: shown instead. */
  readonly template?: unknown;
}

/** One source's settings, by their place in a file: `language`, `vendors.tencent.baseUrl`. */
export type Layer = ReadonlyMap<string, Entry>;

export function placeOf(path: readonly string[]): string {
  return path.join(".");
}
