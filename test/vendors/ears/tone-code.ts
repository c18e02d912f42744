/**
 * How a number sounds: two chords of two tones each, one after the other. All tones lie in the
 * telephone band and fall on whole periods of a frame, so that none is mistaken for its neighbour
 * and every codec for speech lets them through.
 */

/** What one look at the audio covers. */
export const FRAME_MS = 25;

export const LOW_COUNT = 14;
const HIGH_COUNT = 8;
const CHORD_COUNT = LOW_COUNT * HIGH_COUNT;

/** How many numbers there are: three and a half hours of seconds. */
export const CODE_COUNT = CHORD_COUNT ** 2;

/** 600 to 2920 Hz; first the low ones, then the high ones of first, and of second chords. */
export const TONES_HZ = Array.from(
  { length: LOW_COUNT + 2 * HIGH_COUNT },
  (_, at) => 600 + 80 * at,
);

/** Two tones by their places in `TONES_HZ`. */
export interface Chord {
  readonly low: number;
  readonly high: number;
}

/** How each second is filled, in milliseconds. */
export interface SecondLayout {
  /** Silence before the first chord; the rest of the second is silent as well. */
  readonly leadMs: number;
  /** How long each of the two chords lasts. */
  readonly chordMs: number;
}

/** 300 ms of silence from one number to the next: where a pause is looked for, there is one. */
export const SPOKEN: SecondLayout = { leadMs: 150, chordMs: 350 };
/** One number after the other without a breath. */
export const BREATHLESS: SecondLayout = { leadMs: 0, chordMs: 500 };

/** @param index from 0 to `CODE_COUNT` - 1. */
export function chordsOf(index: number): readonly [first: Chord, second: Chord] {
  const chord = (value: number, offset: number): Chord => ({
    low: value % LOW_COUNT,
    high: LOW_COUNT + offset + Math.floor(value / LOW_COUNT),
  });
  return [chord(Math.floor(index / CHORD_COUNT), 0), chord(index % CHORD_COUNT, HIGH_COUNT)];
}

/** Whether a chord begins a number; the others end one. */
export function beginsNumber(chord: Chord): boolean {
  return chord.high < LOW_COUNT + HIGH_COUNT;
}

/** The number of two chords, the first of which begins one. */
export function numberOf(first: Chord, second: Chord): number {
  const value = (chord: Chord, offset: number) =>
    (chord.high - LOW_COUNT - offset) * LOW_COUNT + chord.low;
  return value(first, 0) * CHORD_COUNT + value(second, HIGH_COUNT);
}
