/** A credential that can't be printed by accident. */
import { inspect } from "node:util";

const MASK = "(secret)";

/** Text that shows itself only to who asks for it by {@link reveal}. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself: for a request's signature or header, never for output. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
