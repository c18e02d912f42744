/**
 * Deltas put together to groups, each of which becomes a segment: one an item of the vendor's,
 * cut further at sentence ends and pauses, since an item may be as long as the recording.
 */
import type { Delta } from "./events.ts";
import { CLOSING, GOES_ON, MARKS } from "./sentences.ts";

export interface Group {
  readonly text: string;
  /** Both or neither: where the vendor timed at least one of its deltas. */
  readonly startMs?: number;
  readonly endMs?: number;
}

/** Silence after which a new segment begins. */
const PAUSE_MS = 1_000;

/** A mark, what closes after it, and spaces. */
const END_CHARACTERS = 16;

const ENDS_SENTENCE = new RegExp(`(?:[${MARKS}]${CLOSING}|\\.${CLOSING}\\s|\\n)\\s*$`, "u");
const ENDS_WITH_STOP = new RegExp(`\\.${CLOSING}$`, "u");
/** What can't begin a sentence: it belongs to the one before. */
const BEGINS_WITH_MARK = /^\s*(?:$|[\p{Pe}\p{Pf}\p{Po}"'])/u;

export class DeltaGroups {
  readonly #groups: Group[] = [];
  #item: string | undefined;
  #text = "";

  /**
   * Everything said so far, without spaces in front. Nothing here looks into it: so long as nobody
   * does, V8 keeps it as a chain of its parts, and growing costs nothing.
   */
  get text(): string {
    return this.#text;
  }

  get groups(): readonly Group[] {
    return this.#groups;
  }

  add(delta: Delta): void {
    const last = this.#groups.at(-1);
    this.#text += this.#text === "" ? delta.text.trimStart() : delta.text;
    if (last === undefined || this.#begins(delta, last)) {
      this.#groups.push(withTimes(delta.text, delta, delta));
    } else {
      this.#groups[this.#groups.length - 1] = withTimes(last.text + delta.text, last, delta);
    }
    this.#item = delta.item ?? this.#item;
  }

  #begins(delta: Delta, last: Group): boolean {
    if (delta.item !== undefined && this.#item !== undefined && delta.item !== this.#item) {
      return true;
    }
    if (BEGINS_WITH_MARK.test(delta.text)) return false;
    // An item without punctuation may be as long as the recording: only its end is looked at.
    const end = last.text.slice(-END_CHARACTERS);
    if (ENDS_SENTENCE.test(end)) return true;
    if (ENDS_WITH_STOP.test(end) && !GOES_ON.test(delta.text)) return true;
    const { startMs } = delta;
    return startMs !== undefined && last.endMs !== undefined && startMs - last.endMs >= PAUSE_MS;
  }
}

type Times = Pick<Group, "startMs" | "endMs">;

function withTimes(text: string, first: Times, last: Times): Group {
  const starts = [first.startMs, last.startMs].filter((ms) => ms !== undefined);
  const ends = [first.endMs, last.endMs].filter((ms) => ms !== undefined);
  if (starts.length === 0 || ends.length === 0) return { text };
  return { text, startMs: Math.min(...starts), endMs: Math.max(...ends) };
}
