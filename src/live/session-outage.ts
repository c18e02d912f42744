/** Whether the vendor can be reached: all sessions together tell it once. */
import type { AsrError } from "../errors.ts";
import { clockTime } from "../transcript/time.ts";
import type { Warning } from "../transcript/transcript.ts";

export class Outage {
  readonly #title: string;
  readonly #tell: (warning: Warning) => void;
  #isLost = false;

  constructor(title: string, tell: (warning: Warning) => void) {
    this.#title = title;
    this.#tell = tell;
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  /** @param atMs what had come of the stream: a later outage is another one */
  lost({ message }: AsrError, atMs: number): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#tell({
      code: "connection-lost",
      message: `the connection to ${this.#title} was lost at ${clockTime(atMs)}; trying again: ${message}`,
    });
  }

  /** Something was answered. */
  answered(atMs: number): void {
    if (!this.#isLost) return;
    this.#isLost = false;
    this.#tell({
      code: "connection-back",
      message: `the connection to ${this.#title} is back at ${clockTime(atMs)}`,
    });
  }
}
