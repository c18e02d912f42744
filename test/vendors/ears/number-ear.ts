/** Ears for the doubles: they hear the numbers of `numbered-audio.ts`, if they came whole. */
import type { HeardSentence, Recognise } from "../server/hearing.ts";
import { ChordFinder } from "./chord-finder.ts";
import {
  beginsNumber,
  type Chord,
  FRAME_MS,
  numberOf,
  type SecondLayout,
  SPOKEN,
} from "./tone-code.ts";

/** A chord from its first to its last moment. */
interface Run {
  readonly chord: Chord;
  readonly startMs: number;
  endMs: number;
  /** Of the tones, at full length of a frame. */
  strength: number;
  /** Frames since the chord was last heard. */
  missing: number;
}

/** How much longer or shorter a chord may be: a codec smears its edges. */
const TOLERANCE_MS = 40;
/** A codec's hiccup: so many frames without the chord do not end it. */
const MISSING_FRAMES = 3;

/** Hears one channel of one recording, frame by frame, as it comes. */
export class NumberEar {
  /** What was heard so far. */
  readonly heard: HeardSentence[] = [];
  readonly #finder: ChordFinder;
  readonly #sampleRate: number;
  readonly #layout: SecondLayout;
  #frameIndex = 0;
  #run: Run | undefined;
  #before: Run | undefined;

  constructor(sampleRate: number, layout: SecondLayout) {
    this.#finder = new ChordFinder(sampleRate);
    this.#sampleRate = sampleRate;
    this.#layout = layout;
  }

  /**
   * Hears what is new.
   *
   * @param pcm All the audio so far.
   * @param final Nothing will follow.
   */
  listen(pcm: Int16Array, final: boolean): readonly HeardSentence[] {
    const samplesPerFrame = (this.#sampleRate * FRAME_MS) / 1000;
    for (;;) {
      const start = Math.round(this.#frameIndex * samplesPerFrame);
      if (start + this.#finder.frameSamples > pcm.length) break;
      this.#finder.load(pcm, start);
      this.#hearFrame(this.#frameIndex * FRAME_MS);
      this.#frameIndex += 1;
    }
    if (final) {
      // What is left is less than a frame: the chord goes on to the very end.
      if (this.#run?.missing === 0) this.#run.endMs = (pcm.length / this.#sampleRate) * 1000;
      this.#endRun();
    }
    return this.heard;
  }

  #hearFrame(atMs: number): void {
    const run = this.#run;
    const chord = this.#finder.chord(run?.chord);
    if (run !== undefined && sameChord(run.chord, chord)) {
      const strength = this.#finder.strength(run.chord, "this");
      run.strength = Math.max(run.strength, strength);
      run.endMs = atMs + FRAME_MS * Math.min(1, strength / run.strength);
      run.missing = 0;
      return;
    }
    if (run !== undefined) {
      if (run.missing === 0 && run.endMs > atMs - 0.1 * FRAME_MS) {
        const share = this.#finder.strength(run.chord, "this") / run.strength;
        run.endMs = atMs + FRAME_MS * Math.min(1, share);
      }
      run.missing += 1;
      if (chord === undefined && run.missing < MISSING_FRAMES) return;
      this.#endRun();
    }
    if (chord !== undefined) this.#beginRun(chord, atMs);
  }

  #beginRun(chord: Chord, atMs: number): void {
    const strength = this.#finder.strength(chord, "this");
    const before = this.#frameIndex === 0 ? 0 : this.#finder.strength(chord, "last");
    // A first frame that is not full is what the frame before it has none of.
    const startMs = atMs - FRAME_MS * Math.min(1, before / strength);
    this.#run = { chord, startMs, endMs: atMs + FRAME_MS, strength, missing: 0 };
  }

  #endRun(): void {
    const run = this.#run;
    this.#run = undefined;
    if (run === undefined) return;
    const before = this.#before;
    this.#before = run;
    if (before === undefined || !beginsNumber(before.chord) || beginsNumber(run.chord)) return;
    if (!this.#isWhole(before) || !this.#isWhole(run)) return;
    if (Math.abs(run.startMs - before.endMs) > TOLERANCE_MS) return;
    this.heard.push({
      text: `${spoken(numberOf(before.chord, run.chord))} `,
      startMs: Math.round(before.startMs),
      endMs: Math.round(run.endMs),
    });
  }

  #isWhole({ startMs, endMs }: Run): boolean {
    return Math.abs(endMs - startMs - this.#layout.chordMs) <= TOLERANCE_MS;
  }
}

/** How a number reads in a double's answer. */
function spoken(index: number): string {
  return `n${index}.`;
}

/** The numbers in a text that a double's answers became, in order. */
export function numbersIn(text: string): number[] {
  return Array.from(text.matchAll(/n(\d+)/g), ([, digits]) => Number(digits));
}

/** An ear that says every number that came whole, once for each time it came. */
export function hearNumbers(layout: SecondLayout = SPOKEN): Recognise {
  const streams = new Map<string, NumberEar>();
  return ({ stream, channel, sampleRate, final }, pcm) => {
    const name = `${stream} ${channel}`;
    const ear = streams.get(name) ?? new NumberEar(sampleRate, layout);
    if (stream !== undefined) streams.set(name, ear);
    return ear.listen(pcm, final);
  };
}

function sameChord(one: Chord, other: Chord | undefined): boolean {
  return one.low === other?.low && one.high === other.high;
}
