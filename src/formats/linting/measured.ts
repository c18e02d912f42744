import type { LintFinding } from "./finding.ts";

const SINGULAR: ReadonlyMap<string, string> = new Map([
  ["characters", "character"],
  ["lines", "line"],
  ["words", "word"],
]);

/** What was found and what is asked for, in words: "23 characters, the limit is 16". */
export function measuredText({
  measured,
  limit,
  unit,
  title,
}: Pick<LintFinding, "measured" | "limit" | "unit" | "title">): string {
  if (measured === undefined) return title;
  if (typeof measured === "string") return `${measured}; expected: ${limit ?? title}`;
  const found = `${measured} ${(measured === 1 && SINGULAR.get(unit)) || unit}`;
  return limit === undefined ? found : `${found}, the limit is ${limit}`;
}
