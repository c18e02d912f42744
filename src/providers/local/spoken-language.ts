/**
 * Which language a window is in, and where it changes. A window packs what several people may
 * have said in several languages, and Whisper writes only one: what is said in the other is
 * translated or lost. So each stretch of speech between longer pauses is asked for its own.
 */
import type { Interval } from "../../transcript/transcript.ts";
import { type HiddenStates, joinStates, STATE_MS, sliceStates } from "./encoder.ts";

/** Speech between two pauses of at least this length is in one language. */
const MIN_PAUSE_MS = 500;
/** A change is believed where the model is so sure of the new language… */
const SURE_OF_CHANGE = 0.8;
/** …for so much speech… */
const MIN_CHANGED_MS = 1_000;
/** …after one of which it was so sure. Less than that, the window before may say it better. */
const SURE = 0.5;
/** Silence that the model must hear after the speech in order to judge it. */
const SILENCE_MS = 1_000;

/** How likely each language is for a stretch of speech. */
export interface HeardStretch {
  readonly lengthMs: number;
  /** BCP 47 primary subtag → probability. */
  readonly languages: ReadonlyMap<string, number>;
}

export interface SpokenLanguage {
  readonly language: string;
  readonly probability: number;
  /** Index of the first stretch in another language, if there is one. */
  readonly changeIndex: number | undefined;
}

/** Intervals grouped where the pauses between them are short. */
export function stretchesOf(speech: readonly Interval[]): Interval[] {
  const stretches: Interval[] = [];
  for (const interval of speech) {
    const last = stretches.at(-1);
    if (last === undefined || interval.startMs - last.endMs >= MIN_PAUSE_MS) {
      stretches.push(interval);
    } else {
      stretches[stretches.length - 1] = { startMs: last.startMs, endMs: interval.endMs };
    }
  }
  return stretches;
}

/**
 * What the decoder should hear of a stretch in order to judge it: its states, and a second of
 * silence after it, without which the model is at a loss. Both were encoded in one go.
 *
 * @param states of a window that ends with at least a second of silence
 */
export function stretchStates(states: HiddenStates, stretch: Interval): HiddenStates {
  const endMs = states.stateCount * STATE_MS;
  return joinStates(
    sliceStates(states, stretch.startMs, stretch.endMs),
    sliceStates(states, endMs - SILENCE_MS, endMs),
  );
}

/**
 * @param stretches in order, at least one
 * @param before the language of the window before
 */
export function decideLanguage(
  stretches: readonly HeardStretch[],
  before: string | undefined,
): SpokenLanguage {
  const votes = new Map<string, number>();
  let heardMs = 0;
  let changeIndex: number | undefined;
  for (const [index, { lengthMs, languages }] of stretches.entries()) {
    const [current, votedMs] = most(votes);
    const [language, probability] = most(languages);
    const changed =
      language !== current &&
      probability >= SURE_OF_CHANGE &&
      lengthMs >= MIN_CHANGED_MS &&
      votedMs >= SURE * heardMs;
    if (index > 0 && changed) {
      changeIndex = index;
      break;
    }
    for (const [name, share] of languages) {
      votes.set(name, (votes.get(name) ?? 0) + share * lengthMs);
    }
    heardMs += lengthMs;
  }
  const [language, votedMs] = most(votes);
  const probability = heardMs === 0 ? 0 : votedMs / heardMs;
  const known = before !== undefined && probability < SURE ? before : language;
  return { language: known, probability, changeIndex };
}

function most(shares: ReadonlyMap<string, number>): [name: string, share: number] {
  let best: [string, number] = ["", 0];
  for (const entry of shares) if (entry[1] > best[1]) best = entry;
  return best;
}
