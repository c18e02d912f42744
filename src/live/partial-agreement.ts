/**
 * What two runs in a row over growing audio agree on: LocalAgreement-2 (Macháček, Dabre and Bojar,
 * "Turning Whisper into Real-Time Transcription System", 2023, section 2). Pure.
 */
import { unitsOf } from "../transcript/timing/units.ts";

export class PartialAgreement {
  /** Words, or characters of Chinese, without case. */
  #before: string[] = [];
  #agreed: string[] = [];
  #text = "";

  /** What was agreed on so far: it only grows. */
  get text(): string {
    return this.#text;
  }

  /**
   * @param hypothesis all the text of the newest run
   * @returns whether more is agreed on than before
   */
  push(hypothesis: string): boolean {
    const units = unitsOf(hypothesis);
    const words = units.map(({ start, end }) => hypothesis.slice(start, end).toLowerCase());
    const count = commonCount(words, this.#before);
    this.#before = words;
    const known = this.#agreed.length;
    // A run that has left what was shown may say more, but not where it goes on.
    if (count <= known || commonCount(words, this.#agreed) < known) return false;
    // From the end of the last word shown: the punctuation between belongs to what is new.
    const from = units[known - 1]?.end ?? 0;
    this.#text += hypothesis.slice(from, units[count - 1]?.end);
    this.#agreed = words.slice(0, count);
    return true;
  }
}

function commonCount(some: readonly string[], others: readonly string[]): number {
  const differs = some.findIndex((word, index) => word !== others[index]);
  return differs === -1 ? some.length : differs;
}
