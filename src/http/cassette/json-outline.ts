/**
 * A JSON body of any size as a small JSON text: strings that are long become their size and digest
 * while they pass by, so that 300 MB of audio are never in memory.
 */
import { createHash } from "node:crypto";

/** Longer strings are no reading. */
const LONGEST_BYTES = 4096;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** What stands in place of audio, or of any long text. */
export interface Digested {
  /** Of what the base64 holds; of the text itself where it is none. */
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** A text as audio in base64, or as itself where it is none. */
export function digestOfText(text: string): Digested {
  const long = new LongString(text.slice(0, LONGEST_BYTES));
  long.update(Buffer.from(text));
  return long.digest();
}

class LongString {
  readonly #hash = createHash("sha256");
  readonly #isBase64: boolean;
  #sizeBytes = 0;
  /** Characters that are no whole group yet. */
  #rest = "";

  /** @param start decides whether it is base64 */
  constructor(start: string) {
    this.#isBase64 = BASE64.test(start);
  }

  update(piece: Buffer): void {
    if (!this.#isBase64) {
      this.#add(piece);
      return;
    }
    const text = this.#rest + piece.toString("latin1");
    const wholeCharacters = text.length - (text.length % 4);
    this.#rest = text.slice(wholeCharacters);
    this.#add(Buffer.from(text.slice(0, wholeCharacters), "base64"));
  }

  digest(): Digested {
    if (this.#rest !== "") this.#add(Buffer.from(this.#rest, "base64"));
    return { bytes: this.#sizeBytes, sha256: this.#hash.digest("hex") };
  }

  #add(bytes: Buffer): void {
    this.#hash.update(bytes);
    this.#sizeBytes += bytes.length;
  }
}

export class JsonOutline {
  readonly #out: Buffer[] = [];
  /** Of the string that is open; undefined outside of strings. */
  #open: { bytes: Buffer[]; sizeBytes: number; long?: LongString } | undefined;
  /** The last byte was a backslash that escapes the next. */
  #escapes = false;

  update(piece: Uint8Array): void {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    let at = 0;
    while (at < bytes.length) {
      const end =
        this.#open === undefined ? bytes.indexOf(QUOTE, at) : this.#closingQuote(bytes, at);
      const untilByte = end === -1 ? bytes.length : end;
      this.#take(bytes.subarray(at, untilByte));
      if (end !== -1) this.#turn();
      at = untilByte + 1;
    }
  }

  /** @returns the value; undefined where it is no JSON. */
  end(): unknown {
    try {
      return JSON.parse(Buffer.concat(this.#out).toString());
    } catch {
      return undefined;
    }
  }

  /** -1: not in this piece. */
  #closingQuote(bytes: Buffer, from: number): number {
    let at = from;
    if (this.#escapes) {
      this.#escapes = false;
      at++;
    }
    for (;;) {
      const quote = bytes.indexOf(QUOTE, at);
      const limit = quote === -1 ? bytes.length : quote;
      const backslash = bytes.subarray(0, limit).indexOf(BACKSLASH, at);
      if (backslash === -1) return quote;
      at = backslash + 2;
      if (at > bytes.length) {
        this.#escapes = true;
        return -1;
      }
    }
  }

  #take(bytes: Buffer): void {
    const open = this.#open;
    if (open === undefined) {
      this.#out.push(Buffer.from(bytes));
      return;
    }
    open.sizeBytes += bytes.length;
    if (open.long !== undefined) {
      open.long.update(bytes);
      return;
    }
    open.bytes.push(Buffer.from(bytes));
    if (open.sizeBytes <= LONGEST_BYTES) return;
    const held = Buffer.concat(open.bytes);
    open.long = new LongString(held.subarray(0, LONGEST_BYTES).toString("latin1"));
    open.long.update(held);
    open.bytes = [];
  }

  #turn(): void {
    const open = this.#open;
    if (open === undefined) {
      this.#open = { bytes: [], sizeBytes: 0 };
      return;
    }
    this.#open = undefined;
    if (open.long === undefined) this.#out.push(QUOTED, ...open.bytes, QUOTED);
    else this.#out.push(Buffer.from(JSON.stringify(open.long.digest())));
  }
}

const QUOTED = Buffer.from('"');
