/**
 * Which recorded request answers which one that is asked. What belongs together (the slices of a
 * stream, the tries of a request) is answered from one sequence of the recording, in its order; what
 * does not is answered in any order.
 *
 * Two sequences may begin alike: which one is asked shows later, perhaps. So a sequence is given
 * for the time being, and exchanged for another that fits all that was asked so far; whoever has
 * that one takes the other, where that fits as well (augmenting paths; Kuhn, "The Hungarian Method
 * for the Assignment Problem", 1955).
 */
import type { ExchangeRecord } from "./schema.ts";

/** One recorded exchange, with what it is found by. */
export interface Entry {
  /** Name of its file. */
  readonly file: string;
  readonly record: ExchangeRecord;
  /** Of all but the body. */
  readonly head: string;
  /** Of all; undefined where the body was not sent whole: then it failed. */
  readonly key: string | undefined;
}

/** Recorded requests that belong together. */
export class Sequence {
  readonly entries: Entry[] = [];
  /** Those whose body is known. */
  readonly whole: Entry[] = [];
  /** Failures that were handed out. */
  readonly #broken = new Set<Entry>();
  owner: Asker | undefined;

  add(entry: Entry): void {
    this.entries.push(entry);
    if (entry.key !== undefined) this.whole.push(entry);
  }

  /** What was asked is what it begins with. */
  fits(asked: readonly string[]): boolean {
    return asked.every((key, index) => this.whole[index]?.key === key);
  }

  /** The next failure before the entry of this number; each is handed out once. */
  takeBroken(wholeCount: number, head: string): Entry | undefined {
    const next = this.whole[wholeCount];
    const end = next === undefined ? this.entries.length : this.entries.indexOf(next);
    const found = this.entries
      .slice(0, end)
      .find((entry) => entry.key === undefined && !this.#broken.has(entry) && entry.head === head);
    if (found !== undefined) this.#broken.add(found);
    return found;
  }

  /** What nobody has asked for. */
  get unused(): readonly Entry[] {
    return this.whole.slice(this.owner?.asked.length ?? 0);
  }
}

/** Requests that belong together, as they are asked now. */
export class Asker {
  readonly asked: string[] = [];
  sequence: Sequence | undefined;

  /** It asks no more. */
  leave(): void {
    if (this.sequence?.owner === this) this.sequence.owner = undefined;
    this.sequence = undefined;
  }
}

export class Sequences {
  readonly #all: Sequence[] = [];
  readonly #byName = new Map<string, Sequence>();
  readonly #byFirstKey = new Map<string, Sequence[]>();
  readonly #byHead = new Map<string, Sequence[]>();

  /** In the order of the recording. @param name the same for all that belong together */
  add(name: string, entry: Entry): void {
    let sequence = this.#byName.get(name);
    if (sequence === undefined) {
      sequence = new Sequence();
      this.#all.push(sequence);
      this.#byName.set(name, sequence);
      listAt(this.#byHead, entry.head).push(sequence);
    }
    sequence.add(entry);
    const [first] = sequence.whole;
    if (first === entry && entry.key !== undefined)
      listAt(this.#byFirstKey, entry.key).push(sequence);
  }

  /**
   * What failed before its body was sent whole, and so can be told only by its head. Asked before
   * the body is read.
   */
  broken(asker: Asker, head: string): Entry | undefined {
    const { asked } = asker;
    if (asker.sequence !== undefined) return asker.sequence.takeBroken(asked.length, head);
    // The first that may be meant; where it turns out to be another, that one is taken then.
    const sequence = this.#byHead.get(head)?.find(({ owner }) => owner === undefined);
    const entry = sequence?.takeBroken(0, head);
    if (sequence === undefined || entry === undefined) return undefined;
    give(sequence, asker);
    return entry;
  }

  /** What answers a request whose body is known. */
  whole(asker: Asker, key: string): Entry | undefined {
    const asked = [...asker.asked, key];
    const { sequence } = asker;
    if (sequence?.fits(asked) !== true) {
      // Left, so that whoever has the right one can take it.
      asker.leave();
      if (!this.#place(asker, asked, new Set())) {
        if (sequence !== undefined) give(sequence, asker);
        return undefined;
      }
    }
    asker.asked.push(key);
    return asker.sequence?.whole[asked.length - 1];
  }

  get unused(): readonly Entry[] {
    return this.#all.flatMap((sequence) => sequence.unused);
  }

  #place(asker: Asker, asked: readonly string[], tried: Set<Sequence>): boolean {
    const candidates = this.#byFirstKey.get(asked[0] ?? "") ?? [];
    // The free ones first: nobody has to change then.
    const fitting = candidates.filter((sequence) => sequence.fits(asked));
    const free = fitting.find((sequence) => sequence.owner === undefined);
    if (free !== undefined) {
      give(free, asker);
      return true;
    }
    for (const sequence of fitting) {
      if (tried.has(sequence)) continue;
      tried.add(sequence);
      const { owner } = sequence;
      if (owner === undefined) continue;
      // Who was told of a failure alone may go on anywhere.
      if (owner.asked.length === 0) owner.leave();
      else if (!this.#place(owner, owner.asked, tried)) continue;
      give(sequence, asker);
      return true;
    }
    return false;
  }
}

function give(sequence: Sequence, asker: Asker): void {
  asker.leave();
  sequence.owner = asker;
  asker.sequence = sequence;
}

function listAt<T>(map: Map<string, T[]>, key: string): T[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}
