/** The time that is left for what was said last, and what is told where it was too short. */
import { AsrError } from "../errors.ts";
import type { ProviderContext } from "../providers/contract.ts";
import { clockTime } from "../transcript/time.ts";
import type { Warning } from "../transcript/transcript.ts";
import type { LiveJob } from "./live-job.ts";
import { type Heard, sessionStart } from "./session-cut.ts";

export const LAST_WORDS_LOST = "last-words-lost";

/** The reason of an abort that still wants all there is. */
export class TooLate extends Error {
  constructor() {
    super("the last words came too late");
  }
}

/** A session was given up: what follows `fromMs` has no final of its vendor's. */
export class WordsLost extends Error {
  readonly fromMs: number;
  /** Whether the last partial was told in its place. */
  readonly isGuessed: boolean;
  /** Of the connection, where that was being sought again. */
  readonly failure: AsrError | undefined;

  constructor(fromMs: number, isGuessed: boolean, failure: AsrError | undefined) {
    super("the last words were lost");
    this.fromMs = fromMs;
    this.isGuessed = isGuessed;
    this.failure = failure;
  }
}

export class LastWords {
  /** Aborted when the time is over (`TooLate`), or the job is. */
  readonly signal: AbortSignal;
  readonly #ending: AbortSignal;
  readonly #stop = new AbortController();
  readonly #begin: () => void;

  constructor(
    { ending, lastWordsMs }: Pick<LiveJob, "ending" | "lastWordsMs">,
    { signal, clock }: Pick<ProviderContext, "signal" | "clock">,
  ) {
    const late = new AbortController();
    this.signal = AbortSignal.any([signal, late.signal]);
    this.#ending = ending;
    this.#begin = () => {
      clock.sleep(lastWordsMs, this.#stop.signal).then(
        () => late.abort(new TooLate()),
        () => {},
      );
    };
    if (ending.aborted) this.#begin();
    else ending.addEventListener("abort", this.#begin, { once: true });
  }

  stop(): void {
    this.#ending.removeEventListener("abort", this.#begin);
    this.#stop.abort();
  }
}

/**
 * What the user is told where the time was over.
 *
 * @param toldMs where the last final ended
 * @returns undefined where nobody had spoken since.
 */
export function lastWordsWarning(
  heard: Heard & { readonly keptFromMs: number },
  toldMs: number,
  thrown: unknown,
): Warning | undefined {
  const lost = thrown instanceof WordsLost ? thrown : undefined;
  const confirmedMs = lost?.fromMs ?? toldMs;
  // Of what was let go nobody knows any more where in it somebody spoke.
  const isKnown = heard.keptFromMs <= confirmedMs;
  const startMs = isKnown ? sessionStart(heard, confirmedMs) : confirmedMs;
  if (startMs === undefined && lost?.isGuessed !== true) return undefined;
  const place = `from ${clockTime(startMs ?? confirmedMs)} to ${clockTime(heard.endMs)}`;
  const failure = lost?.failure ?? (thrown instanceof AsrError ? thrown : undefined);
  const why = failure?.message ?? "no answer came in time";
  const rest = lost?.isGuessed === true ? "only provisional text is left" : "it is lost";
  return {
    code: LAST_WORDS_LOST,
    message: `what was said last, ${place}, was not recognised in time, and ${rest}: ${why}`,
  };
}
