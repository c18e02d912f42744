/** Recorded phrases with pauses planted between them, and noise over all of it. */
import type { SpeechInterval } from "../../../src/audio/voice/detector.ts";
import { fixture } from "../../providers/local/recordings.ts";
import { generator } from "../build-wav.ts";

const RATE_PER_MS = 16;
const GAP_MS = 400;
/** Of each phrase, so that the noise is as loud beside all of them. */
const PHRASE_RMS = 0.05;

/** Where nobody pauses, in milliseconds. */
const PHRASES = [
  ["en-jfk.wav", [322, 2270], [5378, 7678], [8162, 10_622]],
  ["en-librivox-0870.wav", [322, 6910]],
  ["en-librivox-0890.wav", [300, 5000]],
  ["en-ibm-dialogue.wav", [642, 3646], [6370, 7134], [7650, 9214], [9378, 15_390]],
  ["en-ibm-dialogue.wav", [16_322, 21_310], [25_218, 31_326], [46_000, 47_038]],
  ["zh-ibm-1-16k.wav", [98, 4638], [4738, 6334], [6626, 9246], [9570, 11_294]],
] as const;

export interface PlantedGaps {
  readonly samples: Float32Array;
  readonly gaps: readonly SpeechInterval[];
  readonly phrases: readonly SpeechInterval[];
}

/** @param snrDb speech over white noise; infinite: none */
export async function plantedGaps(snrDb: number): Promise<PlantedGaps> {
  const random = generator(5);
  const pieces: Float32Array[] = [new Float32Array(GAP_MS * RATE_PER_MS)];
  const gaps: SpeechInterval[] = [];
  const phrases: SpeechInterval[] = [];
  let atMs = GAP_MS;
  for (const [name, ...times] of PHRASES) {
    const samples = await fixture(name);
    for (const [startMs, endMs] of times) {
      const phrase = samples.slice(startMs * RATE_PER_MS, endMs * RATE_PER_MS);
      const gain = PHRASE_RMS / rms(phrase);
      pieces.push(phrase.map((sample) => sample * gain));
      pieces.push(new Float32Array(GAP_MS * RATE_PER_MS));
      phrases.push({ startMs: atMs, endMs: atMs + endMs - startMs });
      atMs += endMs - startMs;
      gaps.push({ startMs: atMs, endMs: atMs + GAP_MS });
      atMs += GAP_MS;
    }
  }
  const noise = PHRASE_RMS / 10 ** (snrDb / 20);
  const samples = Float32Array.from(pieces.flatMap((piece) => [...piece])).map(
    (sample) => sample + noise * gaussian(random),
  );
  return { samples, gaps, phrases };
}

/** Milliseconds that two lists of intervals share. */
export function sharedMs(
  some: readonly SpeechInterval[],
  others: readonly SpeechInterval[],
): number {
  let sum = 0;
  for (const one of some) {
    for (const other of others) {
      const endMs = Math.min(one.endMs, other.endMs);
      sum += Math.max(0, endMs - Math.max(one.startMs, other.startMs));
    }
  }
  return sum;
}

function rms(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

/** Box and Muller's. */
export function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
}
