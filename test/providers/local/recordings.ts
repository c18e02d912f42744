/** Recordings as the provider gets them: f32le, mono, 16 kHz. */

import { fileURLToPath } from "node:url";
import { convert } from "../../../src/audio/convert.ts";
import { openRecording } from "../../../src/audio/open.ts";
import { fileSource } from "../../../src/audio/source.ts";
import type {
  AudioInput,
  RecognitionInput,
  RecognitionSettings,
} from "../../../src/providers/contract.ts";
import { PLAIN_SETTINGS } from "../../../src/providers/contract.ts";
import { local } from "../../../src/providers/local/index.ts";
import type { RecognitionEvent } from "../../../src/transcript/events.ts";
import type { Segment } from "../../../src/transcript/transcript.ts";
import { plainContext } from "../plain-context.ts";

const RAW = { sampleRate: 16_000, channels: 1, encoding: "s16le" } as const;
const TARGET = { sampleRate: 16_000, channels: "mix", encoding: "f32le" } as const;

/** Samples of a file in `fixtures/audio`. */
export async function fixture(name: string): Promise<Float32Array> {
  const path = fileURLToPath(new URL(`../../../fixtures/audio/${name}`, import.meta.url));
  const recording = await openRecording(await fileSource(path), { raw: RAW });
  const chunks: Uint8Array[] = [];
  for await (const chunk of convert(recording, TARGET)) chunks.push(chunk.slice());
  const bytes = Buffer.concat(chunks);
  const samples = new Float32Array(bytes.length / 4);
  new Uint8Array(samples.buffer).set(bytes);
  return samples;
}

export function silence(seconds: number): Float32Array<ArrayBuffer> {
  return new Float32Array(seconds * 16_000);
}

export function joined(...pieces: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}

export const SETTINGS: RecognitionSettings = { ...PLAIN_SETTINGS, timesWanted: true };

export function input(samples: Float32Array): AudioInput {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  return {
    container: "pcm",
    encoding: "f32le",
    sampleRate: 16_000,
    channels: 1,
    reopenable: true,
    async *open() {
      // Odd chunks: samples lie across them.
      for (let start = 0; start < bytes.length; start += 50_001) {
        yield bytes.subarray(start, start + 50_001);
      }
    },
  };
}

export function requestOf(audio: AudioInput, settings = SETTINGS): RecognitionInput {
  return { audio, settings, resolution: local.resolve(settings) };
}

export async function recognise(
  samples: Float32Array,
  settings: Partial<RecognitionSettings> = {},
): Promise<RecognitionEvent[]> {
  const audio = input(samples);
  const events: RecognitionEvent[] = [];
  const request = requestOf(audio, { ...SETTINGS, ...settings });
  for await (const event of local.recognize(request, plainContext())) events.push(event);
  return events;
}

export function segmentsOf(events: readonly RecognitionEvent[]): Segment[] {
  return events.flatMap((event) => (event.type === "final" ? [event.segment] : []));
}

/** Words alone: no case, no punctuation. */
export function wordsOf(events: readonly RecognitionEvent[]): string {
  const text = segmentsOf(events).map((segment) => segment.text);
  return text
    .join(" ")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
