/**
 * Speech probabilities become intervals of speech: a state machine with hysteresis, without
 * audio, runtime or clock.
 */

/** A stretch of speech, in milliseconds from the first frame. */
export interface SpeechInterval {
  readonly startMs: number;
  readonly endMs: number;
}

/** When speech begins and ends. */
export interface SpeechRules {
  /** Speech begins with a frame of at least this probability. */
  readonly enterProbability: number;
  /** Speech may end at a frame under this one; between the two nothing changes. */
  readonly leaveProbability: number;
  /** Shorter silences belong to the speech around them. */
  readonly minPauseMs: number;
  /** Shorter speech is a click or a cough. */
  readonly minSpeechMs: number;
  /** Added at both ends, for soft onsets and endings; at most half of `minPauseMs`. */
  readonly paddingMs: number;
}

/**
 * Silero's own (`get_speech_timestamps` in its `utils_vad.py`), but for the least length of
 * speech: its 250 ms would lose "yes" and "对"; three frames in a row are no noise any more.
 */
export const SPEECH_RULES: SpeechRules = {
  enterProbability: 0.5,
  leaveProbability: 0.35,
  minPauseMs: 100,
  minSpeechMs: 96,
  paddingMs: 30,
};

/** Takes one probability a frame, in order, and says when an interval is over. */
export class SpeechDetector {
  readonly #frameMs: number;
  readonly #rules: SpeechRules;
  #frameCount = 0;
  #startMs: number | undefined;
  #pauseStartMs: number | undefined;

  constructor(frameMs: number, rules: SpeechRules = SPEECH_RULES) {
    this.#frameMs = frameMs;
    this.#rules = rules;
  }

  /** How much has been heard. */
  get analysedMs(): number {
    return this.#frameCount * this.#frameMs;
  }

  /** Where the speech began that is not over yet; it may still turn out too short. */
  get openSinceMs(): number | undefined {
    return this.#startMs === undefined ? undefined : this.#padded(this.#startMs);
  }

  /** @returns the interval that this frame has made certain, if any */
  push(probability: number): SpeechInterval | undefined {
    const frameStartMs = this.analysedMs;
    this.#frameCount++;
    if (probability >= this.#rules.enterProbability) {
      this.#startMs ??= frameStartMs;
      this.#pauseStartMs = undefined;
    } else if (this.#startMs !== undefined && probability < this.#rules.leaveProbability) {
      this.#pauseStartMs ??= frameStartMs;
      if (this.analysedMs - this.#pauseStartMs >= this.#rules.minPauseMs) {
        return this.#close(this.#pauseStartMs, Number.POSITIVE_INFINITY);
      }
    }
    return undefined;
  }

  /** @returns the interval that lasts to the end of the audio, if there is one */
  finish(durationMs: number): SpeechInterval | undefined {
    return this.#close(Math.min(this.#pauseStartMs ?? durationMs, durationMs), durationMs);
  }

  #padded(startMs: number): number {
    return Math.max(0, startMs - this.#rules.paddingMs);
  }

  #close(endMs: number, limitMs: number): SpeechInterval | undefined {
    const startMs = this.#startMs;
    this.#startMs = undefined;
    this.#pauseStartMs = undefined;
    if (startMs === undefined || endMs - startMs < this.#rules.minSpeechMs) return undefined;
    return {
      startMs: this.#padded(startMs),
      endMs: Math.min(endMs + this.#rules.paddingMs, limitMs),
    };
  }
}
