/** A transcript as it is compared: without what differs between two runs that say the same. */

/** Of an event line: how far things had come at a moment. */
const MOMENTARY: ReadonlySet<unknown> = new Set(["partial", "progress"]);

/** A recording is called as it was named on the command line; some APIs' request ids are made up. */
const LEFT_OUT: ReadonlySet<string> = new Set(["request_ids", "request_id", "source.name"]);

/**
 * Line ends, empty lines at the end and a byte order mark count for nothing. Of JSON the order of the keys does not either,
 * and request ids and the recording's name are left out; of JSON Lines also partial and progress
 * events.
 *
 * @returns undefined for what should be JSON and is none
 */
export function comparable(format: string, text: string): string | undefined {
  const plain = text
    .replace(/^\ufeff/, "")
    .replace(/\r\n?/g, "\n")
    .trimEnd();
  try {
    if (format === "json")
      return `${JSON.stringify(withoutNames(JSON.parse(plain)), undefined, 2)}`;
    if (format !== "jsonl") return plain;
    const lines = plain.split("\n").filter((line) => line.trim() !== "");
    const events = lines.map((line) => withoutNames(JSON.parse(line)));
    return events
      .filter((event) => !MOMENTARY.has(Object(event).type))
      .map((event) => JSON.stringify(event))
      .join("\n");
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** With its keys in order. @param parent the key that it stands under */
function withoutNames(value: unknown, parent?: string): unknown {
  if (Array.isArray(value)) return value.map((inner) => withoutNames(inner));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(
    ([key]) => !LEFT_OUT.has(key) && !LEFT_OUT.has(`${parent}.${key}`),
  );
  return Object.fromEntries(
    entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, withoutNames(inner, key)]),
  );
}
