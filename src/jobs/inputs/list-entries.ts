/** What a list of inputs says: bare paths, or JSON Lines with settings for each (README, "Batch"). */
import { AsrError, usageError } from "../../errors.ts";
import { isBelowAny } from "../outputs/result-name.ts";
import type { OwnSettings } from "./input.ts";
import { type ListRecord, listRecords, type RecordEnd } from "./list-records.ts";

/** A line of JSON Lines. */
export interface WrittenEntry extends Omit<OwnSettings, "place"> {
  readonly input: string;
}

export interface ListFile {
  /** As messages name it: "calls.txt", "stdin". */
  readonly name: string;
  /** What ends an entry; between NULs stand bare paths only. */
  readonly end: RecordEnd;
  open(): AsyncIterable<Uint8Array>;
  /** Reads a line of JSON Lines; throws `AsrError` of kind "usage" with the line's place. */
  readonly readEntry: (text: string, place: string) => WrittenEntry;
}

/** An input that a list names. */
export interface ListEntry {
  /** As written. */
  readonly path: string;
  readonly own?: OwnSettings;
  /** Why it can't be one. */
  readonly error?: AsrError;
}

/**
 * The entries one by one, as they are read.
 *
 * @throws AsrError kind "usage", with the line, for a line that nobody can read.
 */
export async function* listEntries({
  name,
  end,
  open,
  readEntry,
}: ListFile): AsyncGenerator<ListEntry> {
  let read: ((record: ListRecord, place: string) => ListEntry) | undefined;
  for await (const record of listRecords(open(), end, name)) {
    const line = end === "nul" ? record : withoutLineEnd(record);
    if (end === "nul" ? line.text === "" : line.text.trim() === "") continue;
    const place = `${name}:${line.number}`;
    if (end === "newline" && line.text.includes("\0")) {
      const hint = "add --null for what find -print0 writes; else save the list as UTF-8";
      throw usageError(`${place} holds a NUL`, hint);
    }
    const isJson = end === "newline" && line.text.trimStart().startsWith("{");
    read ??= isJson ? (entry, at) => written(entry, at, readEntry) : bare;
    yield read(line, place);
  }
}

/** Without the byte order mark of the first line, and the CR of each. */
function withoutLineEnd({ text, number, isUtf8 }: ListRecord): ListRecord {
  const marked = number === 1 ? text.replace(/^\uFEFF/, "") : text;
  return { text: marked.replace(/\r$/, ""), number, isUtf8 };
}

/** A name that is not UTF-8 is one of many: the others are none the worse for it. */
function bare({ text, isUtf8 }: ListRecord, place: string): ListEntry {
  if (isUtf8) return { path: text };
  const error = new AsrError("audio", `${text}: can't be read`, {
    reason: `its name in ${place} is not UTF-8`,
    hint: "rename the file, or name its folder as the input",
  });
  return { path: text, error };
}

function written(
  { text, isUtf8 }: ListRecord,
  place: string,
  readEntry: ListFile["readEntry"],
): ListEntry {
  if (!isUtf8) throw usageError(`${place} is not UTF-8`, "save the list as UTF-8");
  const { input, ...own } = readEntry(text, place);
  if (input.includes("\0")) {
    throw usageError(`${place}: the input holds a NUL`, "write a path: no file has such a name");
  }
  if (own.output !== undefined && !isBelowAny(own.output)) {
    throw usageError(
      `${place}: the output ${JSON.stringify(own.output)} is not inside the output folder`,
      "write a path relative to the folder of -o, ending in a name",
    );
  }
  return { path: input, own: { ...own, place } };
}
