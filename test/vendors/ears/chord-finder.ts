/** Which chord a frame of audio holds. */
import { type Chord, FRAME_MS, LOW_COUNT, TONES_HZ } from "./tone-code.ts";

/** Tones lie far below; what is above 4 kHz is not looked at. */
const LISTENING_RATE = 8000;
/** A frame quieter than this (RMS, full scale 32768) holds nothing. */
const SILENCE_RMS = 60;
/** How much of a frame's energy its two tones have at least, together and each. */
const CHORD_SHARE = 0.5;
const TONE_SHARE = 0.08;

interface Wave {
  readonly cosine: Float64Array;
  readonly sine: Float64Array;
}

/** Looks at one frame after the other; each is a copy, so that the last can be looked at again. */
export class ChordFinder {
  readonly frameSamples: number;
  readonly #stride: number;
  readonly #waves: readonly Wave[];
  #frame: Float64Array;
  #last: Float64Array;
  #energy = 0;

  constructor(sampleRate: number) {
    this.#stride = Math.max(1, Math.floor(sampleRate / LISTENING_RATE));
    const rate = sampleRate / this.#stride;
    const length = Math.round((rate * FRAME_MS) / 1000);
    this.frameSamples = length * this.#stride;
    this.#frame = new Float64Array(length);
    this.#last = new Float64Array(length);
    this.#waves = TONES_HZ.map((hertz) => {
      const phase = (_: unknown, at: number) => (2 * Math.PI * hertz * at) / rate;
      const phases = Array.from({ length }, phase);
      return {
        cosine: Float64Array.from(phases, Math.cos),
        sine: Float64Array.from(phases, Math.sin),
      };
    });
  }

  /** Takes the next frame of samples in, from `start` on. */
  load(pcm: Int16Array, start: number): void {
    [this.#frame, this.#last] = [this.#last, this.#frame];
    let energy = 0;
    for (let at = 0, from = start; at < this.#frame.length; at += 1) {
      let sum = 0;
      for (const end = from + this.#stride; from < end; from += 1) sum += pcm[from] ?? 0;
      const value = sum / this.#stride;
      this.#frame[at] = value;
      energy += value * value;
    }
    this.#energy = energy;
  }

  /** @param guess what the frame before held: a frame that goes on is told at once. */
  chord(guess?: Chord): Chord | undefined {
    if (this.#energy < this.#frame.length * SILENCE_RMS ** 2) return undefined;
    if (guess !== undefined && this.#holds(guess)) return guess;
    const strengths = TONES_HZ.map((_, tone) => this.#amplitude(this.#frame, tone));
    const chord = {
      low: strongest(strengths, 0, LOW_COUNT),
      high: strongest(strengths, LOW_COUNT, strengths.length),
    };
    return this.#holds(chord) ? chord : undefined;
  }

  /** How strong a chord is in this frame, or in the one before. */
  strength({ low, high }: Chord, frame: "this" | "last"): number {
    const samples = frame === "this" ? this.#frame : this.#last;
    return (this.#amplitude(samples, low) + this.#amplitude(samples, high)) / 2;
  }

  #holds({ low, high }: Chord): boolean {
    const share = (tone: number) =>
      (this.#amplitude(this.#frame, tone) ** 2 * this.#frame.length) / 2 / this.#energy;
    const [lowShare, highShare] = [share(low), share(high)];
    return Math.min(lowShare, highShare) > TONE_SHARE && lowShare + highShare > CHORD_SHARE;
  }

  #amplitude(frame: Float64Array, tone: number): number {
    const wave = this.#waves[tone];
    if (wave === undefined) return 0;
    const { cosine, sine } = wave;
    let real = 0;
    let imaginary = 0;
    for (let at = 0; at < frame.length; at += 1) {
      const value = frame[at] ?? 0;
      real += value * (cosine[at] ?? 0);
      imaginary += value * (sine[at] ?? 0);
    }
    return (2 * Math.hypot(real, imaginary)) / frame.length;
  }
}

function strongest(strengths: readonly number[], start: number, end: number): number {
  let best = start;
  for (let tone = start; tone < end; tone += 1) {
    if ((strengths[tone] ?? 0) > (strengths[best] ?? 0)) best = tone;
  }
  return best;
}
