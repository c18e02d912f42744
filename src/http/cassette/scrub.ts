/** Takes secrets out of bytes before they reach the disk. */
import { type Replaced, replaceBytes, type Stretch } from "./replace-bytes.ts";
import { lowerLatin, secretForms } from "./secret-forms.ts";

export const MASK = "***";

/** So much of a secret's beginning is masked wherever it stands, as in messages (redact.ts). */
const START_CHARACTERS = 8;
/** So much where the text was cut. */
const CUT_START_CHARACTERS = 5;
/** The ellipsis as UTF-8 has it, byte for byte. */
const CUT = /^(?:\u00e2\u0080\u00a6|\.{3}|$)/;
/** So many are remembered: signatures come and go with their requests. */
const MOST_PASSING = 64;

export class Scrubber {
  readonly #lasting = new Map<string, readonly string[]>();
  readonly #passing = new Map<string, readonly string[]>();

  constructor(secrets: Iterable<string>) {
    for (const secret of secrets) this.learn(secret);
  }

  /** Of the account, or learned from an answer: hidden for good. */
  learn(secret: string): void {
    if (secret !== "" && secret !== MASK) this.#lasting.set(secret, secretForms(secret));
  }

  /** Of one request: hidden in it, its answer and those around it. */
  learnPassing(secret: string): void {
    if (secret === "" || this.#lasting.has(secret)) return;
    this.#passing.set(secret, secretForms(secret));
    const [oldest] = this.#passing.keys();
    if (this.#passing.size > MOST_PASSING && oldest !== undefined) this.#passing.delete(oldest);
  }

  /** @param ends where the pieces end, so that a secret is found that lies in two of them */
  bytes(bytes: Buffer, ends: readonly number[] = []): Replaced {
    const text = lowerLatin(bytes);
    const stretches = [...this.#lasting.values(), ...this.#passing.values()].flatMap((forms) =>
      forms.flatMap((form) => stretchesOf(text, form)),
    );
    return replaceBytes(bytes, stretches, Buffer.from(MASK), ends);
  }

  text(text: string): string {
    return this.bytes(Buffer.from(text)).bytes.toString();
  }
}

/** Where a form, or enough of its beginning, stands. */
function stretchesOf(text: string, form: string): Stretch[] {
  const least = form.slice(0, CUT_START_CHARACTERS);
  const found: Stretch[] = [];
  for (let at = text.indexOf(least); at !== -1; ) {
    let end = at + least.length;
    while (end - at < form.length && text[end] === form[end - at]) end++;
    const length = end - at;
    const isEnough =
      length === form.length ||
      length >= START_CHARACTERS ||
      (length >= CUT_START_CHARACTERS && CUT.test(text.slice(end, end + 3)));
    if (isEnough) found.push({ startByte: at, endByte: end });
    at = text.indexOf(least, isEnough ? end : at + 1);
  }
  return found;
}
