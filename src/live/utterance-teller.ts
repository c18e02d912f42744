/** Tells what utterances said: in order, each warning once, with progress, lag and what is lost. */
import type { PartialEvent, RecognitionEvent } from "../transcript/events.ts";
import type { Segment, Warning } from "../transcript/transcript.ts";
import { lostWarning, meaningOf } from "./utterance-failure.ts";
import type { UtterancePool } from "./utterance-pool.ts";
import { NO_SPEECH, type UtteranceRun, type WaitingUtterance } from "./utterance-run.ts";

/** So many in a row that fail for a reason that could pass: it does not pass. */
const MOST_OUT_OF_ORDER = 3;
/** Less is no lag: a request takes its time. */
const LEAST_LAG_MS = 2_000;
/** Progress, and a lag that changes, are told in steps of this length. */
const STEP_MS = 1_000;

const SPEAKERS_BY_UTTERANCE: Warning = {
  code: "speakers-by-utterance",
  message:
    "speakers are named by utterance (1-0 is speaker 0 of utterance 1): " +
    "whether two utterances have the same speaker is not known",
};

export class UtteranceTeller {
  readonly #now: () => number;
  readonly #onLag: (lagMs: number) => void;
  readonly #warned = new Set<string>();
  #language: string | undefined;
  #outOfOrderCount = 0;
  #hasSpoken = false;
  #hasLost = false;
  /** What stands on the screen and waits for a final in its place. */
  #shown: Segment | undefined;
  #toldMs = 0;
  #toldLagMs = 0;

  /** @param now clock milliseconds */
  constructor(now: () => number, onLag: (lagMs: number) => void) {
    this.#now = now;
    this.#onLag = onLag;
  }

  /** Of what was answered last. */
  get language(): string | undefined {
    return this.#language;
  }

  /**
   * What can be told by now: of the earliest utterance that has not ended, and those before.
   *
   * @param partial of the utterance that is being spoken
   * @param unspokenMs where nothing is to be recognised before, but for what is in the pool
   * @throws what ends the stream, after what was said before it
   */
  *tell(
    pool: UtterancePool,
    partial: PartialEvent | undefined,
    unspokenMs: number,
  ): Generator<RecognitionEvent> {
    for (let run = pool.front; run !== undefined; run = pool.front) {
      // As it stands now: while an event is handed on, it says more, and may end.
      const { state } = run;
      for (const event of run.takeSaid()) yield* this.#passed(event);
      if (state === "running") break;
      yield* this.#ended(run, pool);
      pool.dropFront();
    }
    if (partial !== undefined && pool.earliest === undefined) yield* this.#passed(partial);
    yield* this.#progress(pool.earliest, unspokenMs);
  }

  /** What is to be said of the stream as a whole. */
  *end(): Generator<RecognitionEvent> {
    if (this.#hasSpoken || this.#hasLost) return;
    const message = "no speech was found in the audio";
    yield { type: "warning", warning: { code: NO_SPEECH, message } };
  }

  *#passed(event: RecognitionEvent): Generator<RecognitionEvent> {
    if (event.type === "warning") return yield* this.#warn(event.warning);
    if (event.type === "partial") this.#shown = event.segment;
    else if (event.type === "response") this.#language = event.language ?? this.#language;
    else if (event.type === "final") {
      this.#hasSpoken = true;
      this.#shown = undefined;
      if (event.segment.speaker !== undefined) yield* this.#warn(SPEAKERS_BY_UTTERANCE);
    }
    yield event;
  }

  *#warn(warning: Warning): Generator<RecognitionEvent> {
    const key = JSON.stringify([warning.code, warning.message]);
    if (this.#warned.has(key)) return;
    this.#warned.add(key);
    yield { type: "warning", warning };
  }

  *#ended({ state, error, utterance }: UtteranceRun, pool: UtterancePool) {
    // Nothing came of it after all: what was shown of it is taken back.
    const shown = this.#shown;
    this.#shown = undefined;
    if (shown !== undefined) yield* nothing(shown);
    if (state === "done") {
      this.#outOfOrderCount = 0;
      return;
    }
    const meaning = meaningOf(error);
    this.#outOfOrderCount = meaning === "out-of-order" ? this.#outOfOrderCount + 1 : 0;
    if (meaning === "stop" || this.#outOfOrderCount === MOST_OUT_OF_ORDER) {
      pool.stopBeginning();
      throw error;
    }
    this.#hasLost = true;
    yield* this.#warn(lostWarning(utterance, error));
  }

  *#progress(
    earliest: WaitingUtterance | undefined,
    unspokenMs: number,
  ): Generator<RecognitionEvent> {
    const lagMs = earliest === undefined ? 0 : this.#now() - earliest.sinceMs;
    const shownLagMs = lagMs > LEAST_LAG_MS ? lagMs : 0;
    const audioMs = Math.max(this.#toldMs, earliest?.startMs ?? unspokenMs);
    const isCaughtUp = shownLagMs === 0 && this.#toldLagMs > 0;
    const lagChanged = isCaughtUp || Math.abs(shownLagMs - this.#toldLagMs) >= STEP_MS;
    if (lagChanged) {
      this.#toldLagMs = shownLagMs;
      this.#onLag(shownLagMs);
    }
    if (!lagChanged && audioMs - this.#toldMs < STEP_MS) return;
    this.#toldMs = audioMs;
    yield { type: "progress", audioMs, lagMs: this.#toldLagMs };
  }
}

function* nothing({ startMs, endMs }: Segment): Generator<RecognitionEvent> {
  yield { type: "partial", segment: { text: "", startMs, endMs } };
}
