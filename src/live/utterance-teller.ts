/** Tells what utterances said: in order, each warning once, with progress, lag and what is lost. */
import type { PartialEvent, RecognitionEvent } from "../transcript/events.ts";
import { type Interval, NO_SPEECH, type Segment, type Warning } from "../transcript/transcript.ts";
import { isAlike, lostWarning, meaningOf, unansweredWarning } from "./utterance-failure.ts";
import type { UtterancePool } from "./utterance-pool.ts";
import type { UtteranceRun, WaitingUtterance } from "./utterance-run.ts";

/** So many in a row that fail for a reason that could pass: it does not pass. */
const MOST_OUT_OF_ORDER = 3;
/** So many in a row that are refused alike: it is not the audio. */
const MOST_REFUSED = 3;
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
  #refusedCount = 0;
  #hasSpoken = false;
  /** Of those that have ended. */
  #hasAnswered = false;
  /** Of the last that was lost. */
  #loss: { readonly error: unknown } | undefined;
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

  /** Why not one was answered, where some were refused. */
  get totalFailure(): unknown {
    return this.#hasAnswered ? undefined : this.#loss?.error;
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
      yield* this.#ended(run);
      pool.dropFront();
    }
    if (partial !== undefined && pool.earliest === undefined) yield* this.#passed(partial);
    yield* this.#progress(pool.earliest, unspokenMs);
  }

  /**
   * What is to be said of the stream as a whole.
   *
   * @throws why not one was answered, though somebody spoke
   */
  *end(): Generator<RecognitionEvent> {
    const failure = this.totalFailure;
    if (failure !== undefined) throw failure;
    if (this.#hasSpoken || this.#loss !== undefined) return;
    const message = "no speech was found in the audio";
    yield { type: "warning", warning: { code: NO_SPEECH, message } };
  }

  /**
   * The stream ends before its time: what has been answered was paid for, whatever it waits for;
   * the rest is named by its place.
   *
   * @param why what the stream ends with
   */
  *endEarly(pool: UtterancePool, why: unknown): Generator<RecognitionEvent> {
    yield* this.#takeBack();
    const { runs, waiting } = pool.left;
    let unanswered: Interval[] = [];
    for (const run of runs) {
      const said = run.takeSaid().filter(({ type }) => type !== "partial");
      const isStopped = run.state === "running" || (run.state === "failed" && run.error === why);
      if (said.length > 0 || !isStopped) {
        yield* this.#unanswered(unanswered);
        unanswered = [];
      }
      for (const event of said) yield* this.#passed(event);
      if (run.state === "done") this.#hasAnswered = true;
      if (isStopped) unanswered.push(run.unsaid);
      else if (run.state === "failed") yield* this.#warn(lostWarning(run.unsaid, run.error));
    }
    yield* this.#unanswered([...unanswered, ...waiting]);
  }

  /** One warning for all in a row. */
  *#unanswered(stretches: readonly Interval[]): Generator<RecognitionEvent> {
    const [first] = stretches;
    const last = stretches.at(-1);
    if (first === undefined || last === undefined) return;
    yield* this.#warn(unansweredWarning({ startMs: first.startMs, endMs: last.endMs }));
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

  /** Nothing came of it after all: what was shown of it is taken back. */
  *#takeBack(): Generator<RecognitionEvent> {
    const shown = this.#shown;
    this.#shown = undefined;
    if (shown !== undefined) yield* nothing(shown);
  }

  *#ended({ state, error, unsaid }: UtteranceRun): Generator<RecognitionEvent> {
    yield* this.#takeBack();
    if (state === "done") {
      this.#hasAnswered = true;
      this.#outOfOrderCount = 0;
      this.#refusedCount = 0;
      return;
    }
    const meaning = meaningOf(error);
    this.#outOfOrderCount = meaning === "out-of-order" ? this.#outOfOrderCount + 1 : 0;
    const isRefusedAgain = this.#refusedCount > 0 && isAlike(this.#loss?.error, error);
    this.#refusedCount = meaning === "lost" ? (isRefusedAgain ? this.#refusedCount + 1 : 1) : 0;
    if (meaning === "stop" || this.#outOfOrderCount === MOST_OUT_OF_ORDER) throw error;
    if (this.#refusedCount === MOST_REFUSED) throw error;
    this.#loss = { error };
    yield* this.#warn(lostWarning(unsaid, error));
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
