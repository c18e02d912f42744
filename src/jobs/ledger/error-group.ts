/** Which failures are alike: the same kind, vendor's code and reason, whatever the input. Pure. */
import type { AsrError } from "../../errors.ts";

const TOKEN = /[\w\p{Nd}.:-]+/gu;

export interface Likeness {
  /** Equal for failures that are alike. */
  readonly group: string;
  /** What failed and why, in a line that holds for all of them. */
  readonly title: string;
}

/** @param names of the input and of its results, which messages may hold */
export function likenessOf(
  { kind, message, details: { vendorCode, reason } }: AsrError,
  names: readonly string[],
): Likeness {
  const what = withoutNames(message, names).replace(/^…: /, "");
  const why = reason === undefined ? undefined : withoutNames(reason, names);
  // Lengths, offsets and ids of requests differ with each input.
  const alike = (why ?? what).replace(TOKEN, (token) => (/\p{Nd}/u.test(token) ? "0" : token));
  return {
    group: JSON.stringify([kind, vendorCode ?? null, alike]),
    title: why === undefined ? what : `${what}: ${why}`,
  };
}

function withoutNames(text: string, names: readonly string[]): string {
  const found = names.filter((name) => name !== "" && text.includes(name));
  // The longest first: a path ends with a name.
  const longest = [...new Set(found)].sort((a, b) => b.length - a.length);
  // No part of a word is meant: a file may be called "a".
  return longest.reduce((left, name) => left.replace(wholly(name), "…"), text);
}

function wholly(name: string): RegExp {
  return new RegExp(`(?<!\\w)${name.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")}(?!\\w)`, "g");
}
