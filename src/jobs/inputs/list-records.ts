/** A list of inputs as it comes: bytes into lines, or into what stands between NULs. */
import { usageError } from "../../errors.ts";

export interface ListRecord {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** False where it is not UTF-8: then `text` only resembles it. */
  readonly isUtf8: boolean;
}

export type RecordEnd = "newline" | "nul";

/** No path and no line of settings is as long; what is has no lines: a recording, perhaps. */
const LONGEST_RECORD_BYTES = 1024 * 1024;

const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decoded(bytes: Uint8Array, number: number): ListRecord {
  try {
    return { text: STRICT.decode(bytes), number, isUtf8: true };
  } catch {
    return { text: Buffer.from(bytes).toString("utf8"), number, isUtf8: false };
  }
}

/**
 * All records in order, empty ones too; the last may lack its end. Holds one chunk at a time.
 *
 * @param name of the list, for messages
 * @throws AsrError kind "usage" for what is no list at all.
 */
export async function* listRecords(
  chunks: AsyncIterable<Uint8Array>,
  end: RecordEnd,
  name: string,
): AsyncGenerator<ListRecord> {
  const separator = end === "nul" ? 0x00 : 0x0a;
  let begun: Uint8Array[] = [];
  let begunBytes = 0;
  let number = 0;
  const grow = (piece: Uint8Array): void => {
    begunBytes += piece.length;
    if (begunBytes > LONGEST_RECORD_BYTES) {
      throw usageError(
        `${name}:${number + 1} is too long for a path`,
        "write one path a line, or JSON Lines; recordings are named, not piped, where there is a list",
      );
    }
    if (piece.length > 0) begun.push(piece);
  };
  const record = (): ListRecord => {
    const bytes = begun.length === 1 && begun[0] !== undefined ? begun[0] : Buffer.concat(begun);
    begun = [];
    begunBytes = 0;
    number += 1;
    return decoded(bytes, number);
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let to = chunk.indexOf(separator); to !== -1; to = chunk.indexOf(separator, from)) {
      grow(chunk.subarray(from, to));
      yield record();
      from = to + 1;
    }
    grow(chunk.subarray(from));
  }
  if (begunBytes > 0) yield record();
}
