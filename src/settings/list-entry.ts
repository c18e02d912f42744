/** A line of a list of inputs in JSON Lines: an input with settings of its own. */
import { z } from "zod";
import { type AsrError, usageError } from "../errors.ts";
import { valueError } from "./check.ts";
import { offsetOfJsonError } from "./json-place.ts";
import { hintFor } from "./nearest.ts";
import { OPTION_ROWS } from "./options.ts";
import { valueSchema } from "./schema.ts";
import type { SettingRow } from "./value.ts";

export interface ListEntry {
  /** A path. */
  readonly input: string;
  readonly provider?: string;
  readonly language?: string;
  readonly model?: string;
  /** The result's path below the output folder. */
  readonly output?: string;
  /** What was said: a path or the text itself. */
  readonly reference?: string;
  readonly tags?: readonly string[];
}

const INPUT_ROW = {
  key: "input",
  value: { kind: "string" },
  help: "path of the recording",
} as const satisfies SettingRow;

/** Options that a line may settle for its input alone. */
const OWN_OPTIONS: ReadonlySet<string> = new Set(["provider", "language", "model"]);

const ROWS: readonly SettingRow[] = [
  INPUT_ROW,
  ...OPTION_ROWS.filter(({ key }) => OWN_OPTIONS.has(key)),
  { key: "output", value: { kind: "string" }, help: "name of the result in the output folder" },
  { key: "reference", value: { kind: "string" }, help: "what was said: a path or the text" },
  {
    key: "tags",
    value: { kind: "list", of: { kind: "string" } },
    help: "words to group the results by",
  },
];

/**
 * @param providerIds what `provider` may say
 * @returns reads the text of one line; `place` names it: "calls.jsonl:3". Throws `AsrError` of kind
 *   "usage" for what is no JSON object, an unknown key (with the nearest) or a wrong value.
 */
export function listEntryReader(
  providerIds: readonly string[],
): (text: string, place: string) => ListEntry {
  const types = ROWS.map(({ key, value }) => {
    const type = valueSchema(value, providerIds);
    return [key, key === INPUT_ROW.key ? type : type.optional()] as const;
  });
  const schema = z.strictObject(Object.fromEntries(types));
  return (text, place) => {
    const data = parse(text, place);
    const parsed = schema.safeParse(data);
    if (!parsed.success) throw entryError(parsed.error, data, place, providerIds);
    // Every value has passed the schema of its row.
    return parsed.data as unknown as ListEntry;
  };
}

function parse(text: string, place: string): Readonly<Record<string, unknown>> {
  const hint = "each line is one JSON object; a list of bare paths must not begin with {";
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    const offset = offsetOfJsonError(text) ?? text.length;
    throw usageError(`${place}:${offset + 1} is not JSON`, hint);
  }
  if (typeof data === "object" && data !== null && !Array.isArray(data)) return { ...data };
  throw usageError(`${place} is no JSON object`, hint);
}

/** The first problem that the schema found, in our words. */
function entryError(
  { issues: [issue] }: z.ZodError,
  data: Readonly<Record<string, unknown>>,
  place: string,
  providerIds: readonly string[],
): AsrError {
  if (issue?.code === "unrecognized_keys") {
    const [key = ""] = issue.keys;
    const known = ROWS.map((row) => row.key);
    return usageError(`${place}: unknown key ${JSON.stringify(key)}`, hintFor(key, known));
  }
  const row = ROWS.find(({ key }) => key === issue?.path[0]) ?? INPUT_ROW;
  if (!Object.hasOwn(data, row.key)) {
    return usageError(`${place}: there is no ${row.key}`, `add "${row.key}": ${row.help}`);
  }
  return valueError({ row, value: data[row.key], name: `${place}: ${row.key}` }, providerIds);
}
