/** Base64 as it streams by, decoded as strictly as RFC 4648 is written. */

const ALPHABET = /^[A-Za-z0-9+/]*$/;
const LAST_QUANTUM = /^(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)$/;
const FOREIGN = "characters outside the base64 alphabet";

export class Base64Decoder {
  /** Why the text is not base64, once it isn't. */
  problem: string | undefined;
  readonly #sink: (bytes: Buffer) => void;
  #rest = "";

  /** @param sink gets the decoded bytes, in pieces. */
  constructor(sink: (bytes: Buffer) => void) {
    this.#sink = sink;
  }

  push(text: string): void {
    if (this.problem !== undefined) return;
    const all = this.#rest + text;
    // The last quantum may hold padding: it is kept back until the end.
    const wholeLength = Math.max(0, Math.floor((all.length - 1) / 4) * 4);
    this.#rest = all.slice(wholeLength);
    if (wholeLength === 0) return;
    const whole = wholeLength === all.length ? all : all.slice(0, wholeLength);
    if (ALPHABET.test(whole)) this.#sink(Buffer.from(whole, "base64"));
    else this.problem = FOREIGN;
  }

  finish(): void {
    if (this.problem !== undefined || this.#rest === "") return;
    if (!LAST_QUANTUM.test(this.#rest)) {
      const isAlphabet = ALPHABET.test(this.#rest.replace(/=+$/, ""));
      this.problem = isAlphabet ? "base64 of a length or padding that can't be" : FOREIGN;
      return;
    }
    const bytes = Buffer.from(this.#rest, "base64");
    if (bytes.toString("base64") !== this.#rest) this.problem = "stray bits after the last byte";
    else this.#sink(bytes);
  }
}
