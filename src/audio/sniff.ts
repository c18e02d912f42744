/** Says from the first bytes what an input is, whatever its name says. */
import { SIGNATURES, type Signature } from "./signatures.ts";

/** How many bytes `sniff` wants to see; fewer are fine. */
export const SNIFF_BYTES = 512;

/** What an input is. */
export interface Content {
  /** Short and stable: "wav", "mp3", "html", "empty", "unknown". */
  readonly id: string;
  /** For a message: "an HTML page". */
  readonly title: string;
  /**
   * False where headerless audio could begin with the same bytes by chance (an MP3 frame
   * without a tag, a row of one letter).
   */
  readonly certain: boolean;
}

const EMPTY: Content = { id: "empty", title: "an empty file", certain: true };
const UNKNOWN: Content = { id: "unknown", title: "of no kind known here", certain: false };

/** Recognises an input by its first bytes (give it `SNIFF_BYTES`). */
export function sniff(head: Uint8Array): Content {
  if (head.length === 0) return EMPTY;
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString("latin1");
  const found = SIGNATURES.find((signature: Signature) => signature.matches(head, text));
  if (found === undefined) return UNKNOWN;
  const { id, title, certain } = found;
  return { id, title, certain: typeof certain === "boolean" ? certain : certain(head) };
}
