/** Sentences of `needvad=1`, put together from the answers of one voice. */
import type { Sentence } from "./answer.ts";

/**
 * What is known of the answers so far. "doubtful": one was lost, and what came since does not show
 * that it told nothing new; "gap": a sentence of it is missing.
 */
export type Completeness = "complete" | "doubtful" | "gap";

export class SentenceList {
  readonly #unstable = new Map<number, Sentence>();
  #stable: Sentence[] = [];
  #nextIndex = 0;
  #isEmpty = true;
  #completeness: Completeness = "complete";

  /** Nothing was ever heard. */
  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  get completeness(): Completeness {
    return this.#completeness;
  }

  /** What a lost answer told may be told nowhere else: a stable sentence comes once. */
  loseAnswer(): void {
    if (this.#completeness === "complete") this.#completeness = "doubtful";
  }

  take(sentences: readonly Sentence[]): void {
    const [first] = sentences;
    if (first === undefined) return;
    this.#isEmpty = false;
    // Sentences are numbered: the one after the last stable one shows that none is missing.
    if (this.#completeness === "doubtful") {
      this.#completeness = first.index <= this.#nextIndex ? "complete" : "gap";
    }
    for (const sentence of sentences) {
      const { index, isStable } = sentence;
      if (index < this.#nextIndex) continue;
      if (isStable) {
        this.#unstable.delete(index);
        this.#stable.push(sentence);
        this.#nextIndex = index + 1;
      } else this.#unstable.set(index, sentence);
    }
  }

  /** What is being spoken: the unstable sentence with the highest number. */
  current(): Sentence | undefined {
    return this.#unstableInOrder().at(-1);
  }

  /** Takes out the stable sentences, by number. */
  drainStable(): Sentence[] {
    const drained = this.#stable;
    this.#stable = [];
    return drained;
  }

  /** Takes out all there is: after the last answer nothing changes any more. */
  drain(): Sentence[] {
    const rest = this.#unstableInOrder();
    this.#unstable.clear();
    return [...this.drainStable(), ...rest].sort((a, b) => a.index - b.index);
  }

  #unstableInOrder(): Sentence[] {
    return [...this.#unstable.values()].sort((a, b) => a.index - b.index);
  }
}
