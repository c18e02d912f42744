/** Audio that says which second it is: each second holds its own number as tones. */
import { closeSync, openSync, writeSync } from "node:fs";
import { wav } from "../hand/audio.ts";
import { chordsOf, type SecondLayout, SPOKEN, TONES_HZ } from "./tone-code.ts";

export interface NumberedAudio {
  readonly seconds: number;
  /** Default 16000. */
  readonly sampleRate?: number;
  /** Default 1. With several, they take turns: second s is heard on channel s modulo this alone. */
  readonly channels?: number;
  /** Default `SPOKEN`. */
  readonly layout?: SecondLayout;
  /** Seconds that are silent. */
  readonly silent?: (second: number) => boolean;
  /** Somebody who talks all the while, under the tones: mono of RMS 1, over and over. */
  readonly voice?: Float32Array;
}

/** Of full scale, each of the two tones. */
const AMPLITUDE = 0.35;
/** With somebody talking: how loud beside a tone, and how much quieter all is to leave room. */
const VOICE_LOUDNESS = 0.7;
const ROOM = 0.4;
/** Where silence is around, tones swell and fade: a click would be heard as any tone. */
const FADE_MS = 5;

/** 16-bit little-endian samples, a second at a time; the buffer is used again. */
function* numberedSeconds(audio: NumberedAudio): Generator<Buffer> {
  const { seconds, sampleRate = 16_000, channels = 1, layout = SPOKEN } = audio;
  const frames = (ms: number) => Math.round((ms * sampleRate) / 1000);
  const chordFrames = frames(layout.chordMs);
  const tones = TONES_HZ.map((hertz) => toneOf(hertz, sampleRate, chordFrames));
  const fadeFrames = layout.leadMs === 0 ? 0 : frames(FADE_MS);
  for (const tone of tones) fade(tone, fadeFrames);
  const samples = new Int16Array(sampleRate * channels);
  for (let second = 0; second < seconds; second += 1) {
    samples.fill(0);
    if (audio.silent?.(second) !== true) {
      for (const [half, { low, high }] of chordsOf(second).entries()) {
        const lowTone = tones[low] ?? new Float32Array(0);
        const highTone = tones[high] ?? new Float32Array(0);
        const start = frames(layout.leadMs) + half * chordFrames;
        for (let at = 0; at < chordFrames; at += 1) {
          const value = (lowTone[at] ?? 0) + (highTone[at] ?? 0);
          samples[(start + at) * channels + (second % channels)] = value;
        }
      }
    }
    if (audio.voice !== undefined) mixIn(audio.voice, samples, second * samples.length);
    yield Buffer.from(samples.buffer);
  }
}

function mixIn(voice: Float32Array, samples: Int16Array, from: number): void {
  const loudness = VOICE_LOUDNESS * AMPLITUDE * 32_767;
  for (const [at, tone] of samples.entries()) {
    const spoken = (voice[(from + at) % voice.length] ?? 0) * loudness;
    samples[at] = Math.max(-32_768, Math.min(32_767, ROOM * (tone + spoken)));
  }
}

/** All of it as a WAV in memory. */
export function numberedWav(audio: NumberedAudio): Buffer {
  const { sampleRate = 16_000, channels = 1 } = audio;
  const seconds = Array.from(numberedSeconds(audio), (second) => Buffer.from(second));
  return wav(Buffer.concat(seconds), { sampleRate, channels });
}

/** Writes a WAV of any length: no more than a second of it is in memory. */
export function writeNumberedWav(file: string, audio: NumberedAudio): void {
  const { seconds, sampleRate = 16_000, channels = 1 } = audio;
  const dataBytes = seconds * sampleRate * channels * 2;
  const head = wav(Buffer.alloc(0), { sampleRate, channels, declaredDataBytes: dataBytes });
  head.writeUInt32LE(head.readUInt32LE(4) + dataBytes, 4);
  const handle = openSync(file, "w", 0o600);
  try {
    writeSync(handle, head);
    for (const second of numberedSeconds(audio)) writeSync(handle, second);
  } finally {
    closeSync(handle);
  }
}

function toneOf(hertz: number, sampleRate: number, frameCount: number): Float32Array {
  const step = (2 * Math.PI * hertz) / sampleRate;
  return Float32Array.from(
    { length: frameCount },
    (_, frame) => AMPLITUDE * 32_767 * Math.sin(step * frame),
  );
}

function fade(tone: Float32Array, fadeFrames: number): void {
  for (let frame = 0; frame < fadeFrames; frame += 1) {
    const gain = 0.5 - 0.5 * Math.cos((Math.PI * frame) / fadeFrames);
    const end = tone.length - 1 - frame;
    tone[frame] = (tone[frame] ?? 0) * gain;
    tone[end] = (tone[end] ?? 0) * gain;
  }
}
