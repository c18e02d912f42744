/** Recorded speech without a pause, all as loud: a detector of speech never finds an end to it. */
import { readFileSync } from "node:fs";

const CLIPS = ["en-librivox-0890.wav", "en-librivox-0870.wav"];
const FOLDER = new URL("../../../fixtures/audio/", import.meta.url);

/** What is judged at once: 25 ms at 16 kHz. */
const PIECE_SAMPLES = 400;
/** Of a clip's peak; what is quieter is left out. */
const QUIET = 0.06;

/** Some eight seconds at 16 kHz, of RMS 1. */
export function breathlessVoice(): Float32Array {
  const pieces = CLIPS.flatMap((name) => {
    const bytes = Uint8Array.from(readFileSync(new URL(name, FOLDER)).subarray(44));
    const samples = new Int16Array(bytes.buffer);
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    return piecesOf(samples).flatMap((piece) => {
      const rms = Math.sqrt(piece.reduce((sum, sample) => sum + sample * sample, 0) / piece.length);
      return rms > QUIET * peak ? Array.from(piece, (sample) => sample / rms) : [];
    });
  });
  return Float32Array.from(pieces);
}

function piecesOf(samples: Int16Array): Int16Array[] {
  const count = Math.floor(samples.length / PIECE_SAMPLES);
  return Array.from({ length: count }, (_, index) =>
    samples.subarray(index * PIECE_SAMPLES, (index + 1) * PIECE_SAMPLES),
  );
}
