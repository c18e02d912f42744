/**
 * JSON with audio in it, as it streams by: the one string at a given path is handed on piece by
 * piece, the rest (the skeleton, with "" in its place) is small and kept.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

interface Level {
  readonly kind: "object" | "array";
  key: string | undefined;
  /** In an object: whether the next string is a name. */
  nameNext: boolean;
}

/** The most that is kept of everything but the audio. */
const SKELETON_BYTES = 1024 * 1024;

export class AudioJson {
  /** What is wrong with the text beyond what JSON.parse will find. */
  problem: string | undefined;
  /** How many strings stood at the path. */
  found = 0;
  readonly #path: readonly string[];
  readonly #sink: (text: string) => void;
  readonly #levels: Level[] = [];
  readonly #skeleton: Buffer[] = [];
  #skeletonBytes = 0;
  #string: "none" | "skeleton" | "audio" = "none";
  #escape = "";
  /** Raw text of the string that is being read into the skeleton, if it may be a name. */
  #name: Buffer[] = [];

  /** @param sink gets the string's text, JSON escapes undone. */
  constructor(path: readonly string[], sink: (text: string) => void) {
    this.#path = path;
    this.#sink = sink;
  }

  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#string === "audio") at = this.#audio(chunk, at);
      else if (this.#string === "skeleton") at = this.#plainString(chunk, at);
      else at = this.#structure(chunk, at);
    }
  }

  /**
   * The skeleton, parsed.
   *
   * @throws SyntaxError, TypeError (not UTF-8), Error (`problem`)
   */
  parse(): unknown {
    if (this.problem !== undefined) throw new Error(this.problem);
    const bytes = Buffer.concat(this.#skeleton);
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  }

  #keep(bytes: Buffer): void {
    this.#skeletonBytes += bytes.length;
    if (this.#skeletonBytes > SKELETON_BYTES) this.problem = "more than 1 MiB beside the audio";
    // Copied: a view would keep the whole network buffer alive.
    else this.#skeleton.push(Buffer.from(bytes));
  }

  /** Reads up to and with the next character that means something outside strings. */
  #structure(chunk: Buffer, start: number): number {
    let at = start;
    for (; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (byte === QUOTE) {
        this.#keep(chunk.subarray(start, at + 1));
        this.#openString();
        return at + 1;
      }
      this.#move(byte);
    }
    this.#keep(chunk.subarray(start));
    return at;
  }

  #move(byte: number | undefined): void {
    const level = this.#levels.at(-1);
    if (byte === 0x7b) this.#levels.push({ kind: "object", key: undefined, nameNext: true });
    else if (byte === 0x5b) this.#levels.push({ kind: "array", key: undefined, nameNext: false });
    else if (byte === 0x7d || byte === 0x5d) this.#levels.pop();
    else if (level?.kind === "object" && byte === 0x3a) level.nameNext = false;
    else if (level?.kind === "object" && byte === 0x2c) level.nameNext = true;
  }

  #openString(): void {
    this.#string = this.#atPath() ? "audio" : "skeleton";
    this.#name = [];
    if (this.#string === "audio") this.found += 1;
  }

  #atPath(): boolean {
    return (
      this.#levels.length === this.#path.length &&
      this.#levels.every((level, depth) => level.key === this.#path[depth] && !level.nameNext)
    );
  }

  /** A string of the skeleton; ends at a quote that no backslash escapes. */
  #plainString(chunk: Buffer, start: number): number {
    for (let at = start; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (this.#escape !== "") this.#escape = "";
      else if (byte === BACKSLASH) this.#escape = "\\";
      else if (byte === QUOTE) {
        this.#keepName(chunk.subarray(start, at));
        this.#keep(chunk.subarray(start, at + 1));
        this.#closeString();
        return at + 1;
      }
    }
    this.#keepName(chunk.subarray(start));
    this.#keep(chunk.subarray(start));
    return chunk.length;
  }

  #keepName(bytes: Buffer): void {
    const mayBeName = this.#levels.at(-1)?.nameNext === true && this.problem === undefined;
    if (mayBeName) this.#name.push(Buffer.from(bytes));
  }

  #closeString(): void {
    this.#string = "none";
    const level = this.#levels.at(-1);
    if (level?.nameNext !== true) return;
    try {
      level.key = String(JSON.parse(`"${Buffer.concat(this.#name).toString()}"`));
    } catch {
      level.key = undefined;
    }
  }

  /** The audio's string: everything up to the next quote or backslash at once. */
  #audio(chunk: Buffer, start: number): number {
    if (this.#escape !== "") {
      this.#escape += String.fromCharCode(chunk[start] ?? 0);
      this.#undoEscape();
      return start + 1;
    }
    const quote = indexOrEnd(chunk, QUOTE, start);
    const backslash = indexOrEnd(chunk.subarray(0, quote), BACKSLASH, start);
    if (backslash > start) this.#sink(chunk.toString("latin1", start, backslash));
    if (backslash < quote) {
      this.#escape = "\\";
      return backslash + 1;
    }
    if (quote < chunk.length) {
      this.#string = "none";
      this.#keep(Buffer.of(QUOTE));
    }
    return quote + 1;
  }

  #undoEscape(): void {
    const complete = this.#escape[1] === "u" ? this.#escape.length === 6 : true;
    if (!complete) return;
    try {
      this.#sink(String(JSON.parse(`"${this.#escape}"`)));
    } catch {
      this.problem = `escape ${this.#escape} inside the audio`;
    }
    this.#escape = "";
  }
}

function indexOrEnd(bytes: Buffer, byte: number, start: number): number {
  const at = bytes.indexOf(byte, start);
  return at < 0 ? bytes.length : at;
}
