/** What a command line asked for, kept so that the same can be asked again. */
import { createHash } from "node:crypto";
import { redact } from "../../http/redact.ts";

export interface Order {
  /** The flags that were given, by their options' keys: whether on, or the texts after them. */
  readonly flags: Readonly<Record<string, boolean | readonly string[]>>;
  /** Absolute: what relative paths among the flags start from. */
  readonly workingFolder: string;
}

/** An order as its row has it. */
export interface WrittenOrder {
  /** SHA-256 of the rest, lower-case hex. */
  readonly hash: string;
  readonly flags: string;
  readonly workingFolder: string;
}

/** @param secrets none of them is written down */
export function writtenOrder(
  { flags, workingFolder }: Order,
  secrets: readonly string[],
): WrittenOrder {
  const entries = Object.entries(flags).map(([key, value]): [string, Order["flags"][string]] => [
    key,
    typeof value === "boolean" ? value : value.map((text) => redact(text, secrets)),
  ]);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify(Object.fromEntries(entries));
  const hash = createHash("sha256")
    .update(JSON.stringify([text, workingFolder]))
    .digest("hex");
  return { hash, flags: text, workingFolder };
}

export function readOrder({ flags, workingFolder }: Omit<WrittenOrder, "hash">): Order {
  return { flags: JSON.parse(flags), workingFolder };
}
