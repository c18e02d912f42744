/** Quiet speech brought to a usual level, for a model that was trained on that. */
import type { SpeechScorer } from "../audio/voice/activity.ts";

/** dBFS of the loud frames of speech: vowels in a recording at a usual level. */
const SPEECH_DB = -24;
/** A microphone turned low, or far away; more would be noise alone. */
const MAX_GAIN_DB = 30;
/** What is quieter is digital silence, or next to it: no level is learned from it. */
const SILENCE_DB = -75;
/** How fast a loud voice is forgotten: a pause between sentences changes next to nothing. */
const FALL_DB_PER_S = 1.5;

/**
 * A slow automatic gain: full at first, down at once with what is louder, up again slowly. Only the
 * scorer hears the samples so; what is recognised stays as it came.
 */
export class LevelledScorer implements SpeechScorer {
  readonly sampleRate: number;
  readonly frameSamples: number;
  readonly #scorer: SpeechScorer;
  readonly #levelled: Float32Array;
  readonly #fallDb: number;
  #loudestDb = SPEECH_DB - MAX_GAIN_DB;
  #gain = 10 ** (MAX_GAIN_DB / 20);

  constructor(scorer: SpeechScorer) {
    this.#scorer = scorer;
    this.sampleRate = scorer.sampleRate;
    this.frameSamples = scorer.frameSamples;
    this.#levelled = new Float32Array(scorer.frameSamples);
    this.#fallDb = (FALL_DB_PER_S * scorer.frameSamples) / scorer.sampleRate;
  }

  score(frame: Float32Array): Promise<number> {
    const before = this.#gain;
    this.#gain = this.#gainFor(frame);
    // No step between two frames: that would be a click.
    const step = (this.#gain - before) / frame.length;
    for (const [at, sample] of frame.entries()) {
      const levelled = sample * (before + step * (at + 1));
      this.#levelled[at] = Math.max(-1, Math.min(1, levelled));
    }
    return this.#scorer.score(this.#levelled);
  }

  #gainFor(frame: Float32Array): number {
    const levelDb = levelOf(frame);
    if (levelDb <= SILENCE_DB) return this.#gain;
    this.#loudestDb = Math.max(levelDb, this.#loudestDb - this.#fallDb);
    const gainDb = Math.max(0, Math.min(MAX_GAIN_DB, SPEECH_DB - this.#loudestDb));
    return 10 ** (gainDb / 20);
  }
}

/** In dBFS. */
function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return 10 * Math.log10(sum / samples.length);
}
