/** One recording as all the files that users have of it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { buildWav, type WavSpec } from "../audio/build-wav.ts";
import { compressedBytes } from "../audio/compressed/fixtures.ts";
import { companded } from "../audio/g711.ts";
import { resampled } from "../audio/resampled.ts";
import { AUDIO } from "./run.ts";

export interface RecordingFile {
  readonly name: string;
  readonly bytes: () => Uint8Array;
  /** The least that what a vendor receives must be like the source. */
  readonly correlation: 0.98 | 0.9;
  /** Made for telephones: only their band (300 to 3400 Hz) is compared. */
  readonly telephone?: boolean;
  /** Decoded by ffmpeg, on the way or by the test. */
  readonly needsFfmpeg: boolean;
}

export const SOURCE_RATE = 16_000;

/** The source: 16 kHz, 16 bits, mono. */
export const SOURCE: Int16Array = (() => {
  const bytes = Uint8Array.from(
    readFileSync(path.join(AUDIO, "en-librivox-0890.wav")).subarray(44),
  );
  return new Int16Array(bytes.buffer);
})();

const LOSSLESS = { correlation: 0.98, needsFfmpeg: false } as const;

/** Samples in another encoding, little-endian. */
function encoded(samples: ArrayLike<number>, encoding: WavSpec["encoding"]): Uint8Array {
  const pcm = Int16Array.from(samples, (sample) =>
    Math.max(-32_768, Math.min(32_767, Math.round(sample))),
  );
  if (encoding === "alaw" || encoding === "mulaw") return companded(pcm, encoding);
  const view = WRITERS[encoding];
  const bytes = Buffer.alloc(pcm.length * view.bytes);
  for (const [at, sample] of pcm.entries()) view.write(bytes, sample, at * view.bytes);
  return Uint8Array.from(bytes);
}

type Writer = (to: Buffer, sample: number, at: number) => void;

const WRITERS = {
  u8: { bytes: 1, write: (to, sample, at) => to.writeUInt8((sample >> 8) + 128, at) },
  s16le: { bytes: 2, write: (to, sample, at) => to.writeInt16LE(sample, at) },
  s24le: { bytes: 3, write: (to, sample, at) => to.writeIntLE(sample << 8, at, 3) },
  s32le: { bytes: 4, write: (to, sample, at) => to.writeInt32LE(sample << 16, at) },
  f32le: { bytes: 4, write: (to, sample, at) => to.writeFloatLE(sample / 32_768, at) },
  f64le: { bytes: 8, write: (to, sample, at) => to.writeDoubleLE(sample / 32_768, at) },
} satisfies Record<string, { readonly bytes: number; readonly write: Writer }>;

interface Shape extends Partial<Omit<WavSpec, "data" | "encoding">> {
  readonly encoding: WavSpec["encoding"];
}

function wavFile(name: string, shape: Shape): RecordingFile {
  const { sampleRate = SOURCE_RATE, channels = 1, encoding } = shape;
  return {
    ...LOSSLESS,
    name,
    bytes() {
      const mono = sampleRate === SOURCE_RATE ? SOURCE : resampled(SOURCE, SOURCE_RATE, sampleRate);
      const samples = Array.from(
        { length: mono.length * channels },
        (_, at) => mono[Math.floor(at / channels)] ?? 0,
      );
      return buildWav({ ...shape, sampleRate, channels, data: encoded(samples, encoding) });
    },
  };
}

const WAVS: readonly RecordingFile[] = [
  // 8 bits leave a quiet voice little above their noise.
  { ...wavFile("u8.wav", { encoding: "u8" }), correlation: 0.9 },
  wavFile("s16le.wav", { encoding: "s16le" }),
  wavFile("s24le.wav", { encoding: "s24le" }),
  wavFile("s32le.wav", { encoding: "s32le" }),
  wavFile("f32le.wav", { encoding: "f32le" }),
  wavFile("f64le.wav", { encoding: "f64le" }),
  wavFile("alaw.wav", { encoding: "alaw" }),
  wavFile("mulaw.wav", { encoding: "mulaw" }),
  wavFile("extensible-24.wav", { encoding: "s24le", extensible: true }),
  wavFile("rf64.wav", { encoding: "s16le", container: "RF64" }),
  { ...wavFile("8-khz.wav", { encoding: "s16le", sampleRate: 8000 }), telephone: true },
  wavFile("44-khz-stereo.wav", { encoding: "s16le", sampleRate: 44_100, channels: 2 }),
];

function compressed(name: string, more: Partial<RecordingFile> = {}): RecordingFile {
  const bytes = () => compressedBytes(name);
  return { name, bytes, correlation: 0.9, needsFfmpeg: true, ...more };
}

export const RECORDING_FILES: readonly RecordingFile[] = [
  ...WAVS,
  compressed("en-librivox-0890.mp3"),
  compressed("en-librivox-0890-stereo.mp3"),
  compressed("en-librivox-0890.m4a"),
  compressed("en-librivox-0890.aac"),
  compressed("en-librivox-0890.flac", { correlation: 0.98, needsFfmpeg: false }),
  compressed("en-librivox-0890-opus.ogg"),
  compressed("en-librivox-0890-vorbis.ogg"),
  compressed("en-librivox-0890.webm"),
  // A codec for speech takes out what lies below, and shifts phases beside it.
  compressed("en-librivox-0890.amr", { telephone: true }),
  compressed("en-librivox-0890.mp4"),
  compressed("en-librivox-0890.mkv"),
  compressed("en-librivox-0890-speex.ogg"),
  compressed("en-librivox-0890.silk", { telephone: true }),
];
