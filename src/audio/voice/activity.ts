/** Where somebody speaks in a stream of samples. */
import { SPEECH_RULES, SpeechDetector, type SpeechInterval, type SpeechRules } from "./detector.ts";

/** Says how likely a frame holds speech; remembers the frames before it. */
export interface SpeechScorer {
  readonly sampleRate: number;
  readonly frameSamples: number;
  /** @param frame `frameSamples` samples, mono, full scale ±1; read before the next call only */
  score(frame: Float32Array): Promise<number>;
}

/** Cuts samples into frames, has them scored and collects intervals. Constant memory. */
export class VoiceActivity {
  readonly #scorer: SpeechScorer;
  readonly #detector: SpeechDetector;
  readonly #frame: Float32Array;
  #filledSamples = 0;
  #sampleCount = 0;

  constructor(scorer: SpeechScorer, rules: SpeechRules = SPEECH_RULES) {
    this.#scorer = scorer;
    this.#detector = new SpeechDetector((scorer.frameSamples * 1000) / scorer.sampleRate, rules);
    this.#frame = new Float32Array(scorer.frameSamples);
  }

  /** How much has been judged, in milliseconds; up to a frame less than was pushed. */
  get analysedMs(): number {
    return this.#detector.analysedMs;
  }

  /** Where the speech began that is not over yet. */
  get openSinceMs(): number | undefined {
    return this.#detector.openSinceMs;
  }

  /** @returns the intervals that ended in these samples */
  async push(samples: Float32Array): Promise<SpeechInterval[]> {
    const found: SpeechInterval[] = [];
    this.#sampleCount += samples.length;
    for (let start = 0; start < samples.length; ) {
      const piece = samples.subarray(start, start + this.#frame.length - this.#filledSamples);
      this.#frame.set(piece, this.#filledSamples);
      this.#filledSamples += piece.length;
      start += piece.length;
      if (this.#filledSamples === this.#frame.length) await this.#scoreFrame(found);
    }
    return found;
  }

  /** The rest, with a last broken frame filled up with silence. */
  async finish(): Promise<SpeechInterval[]> {
    const found: SpeechInterval[] = [];
    if (this.#filledSamples > 0) {
      this.#frame.fill(0, this.#filledSamples);
      await this.#scoreFrame(found);
    }
    const durationMs = Math.round((this.#sampleCount * 1000) / this.#scorer.sampleRate);
    const last = this.#detector.finish(durationMs);
    if (last !== undefined) found.push(last);
    return found;
  }

  async #scoreFrame(found: SpeechInterval[]): Promise<void> {
    this.#filledSamples = 0;
    const interval = this.#detector.push(await this.#scorer.score(this.#frame));
    if (interval !== undefined) found.push(interval);
  }
}
