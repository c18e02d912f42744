/** Whether StepFun's audio is what `format` says (document, "音频格式"). */
import type { ReceivedBytes } from "../server/audio/receiver.ts";
import { type SampleEncoding, wavEncoding } from "../server/audio/samples.ts";
import { isWeak, type SniffedContainer } from "../server/audio/sniff.ts";
import { wavDurationMs, wavProblem } from "../server/audio/wav.ts";
import type { StepfunFormat } from "./body.ts";

export interface StepfunAudio {
  readonly container: string;
  readonly sampleRate: number;
  readonly channels: number;
  readonly durationMs: number;
  /** Undefined where a double can't hear it. */
  readonly encoding?: SampleEncoding;
  readonly samplesStart: number;
  readonly samplesEnd: number;
}

const SIGNATURES: Readonly<Record<string, readonly SniffedContainer[]>> = {
  ogg: ["ogg-opus", "ogg-vorbis", "ogg-speex", "ogg"],
  mp3: ["mp3"],
  wav: ["wav"],
  m4a: ["m4a"],
  pcm: ["none"],
};

/** Compressed audio has no length here without a decoder: about 128 kbit/s. */
const COMPRESSED_BYTES_PER_MS = 16;

/** @returns why the vendor would refuse the audio; undefined: it would not. */
export function stepfunAudioProblem(
  format: StepfunFormat | undefined,
  audio: ReceivedBytes,
): string | undefined {
  if (audio.sizeBytes === 0) return "audio.data is empty";
  const { container } = audio;
  const type = format?.type;
  if (type === undefined) {
    return container === "none" ? "format.type is missing and the audio has no header" : undefined;
  }
  const looksLikePcm = type === "pcm" && isWeak(container, audio.head);
  if (!looksLikePcm && SIGNATURES[type]?.includes(container) !== true) {
    return `format.type is ${type}, but the audio is ${container}`;
  }
  if (type === "pcm") return pcmProblem(format, audio.sizeBytes);
  if (audio.wav === undefined) return undefined;
  return wavProblem(audio.wav) ?? wavMismatch(format, audio);
}

/** "当音频格式为 pcm 时，rate、bits、channel 为必填参数". */
function pcmProblem(format: StepfunFormat | undefined, sizeBytes: number): string | undefined {
  const { codec = "pcm_s16le", rate, bits, channel } = format ?? {};
  const missing = Object.entries({ rate, bits, channel }).filter(
    ([, value]) => value === undefined,
  );
  if (missing.length > 0) return `pcm without format.${missing.map(([name]) => name).join(", ")}`;
  if (codec !== "pcm_s16le") return `codec ${codec} of pcm`;
  if (bits !== 16) return `pcm_s16le of ${bits} bits`;
  const frameBytes = 2 * (channel ?? 1);
  return sizeBytes % frameBytes === 0
    ? undefined
    : `${sizeBytes} bytes cut a frame of ${frameBytes}`;
}

function wavMismatch(format: StepfunFormat | undefined, audio: ReceivedBytes): string | undefined {
  const facts = audio.wav?.facts();
  const real = { rate: facts?.sampleRate, bits: facts?.bitsPerSample, channel: facts?.channels };
  for (const name of ["rate", "bits", "channel"] as const) {
    const said = format?.[name];
    if (said !== undefined && said !== real[name]) {
      return `format.${name} is ${said}, the wav's is ${real[name]}`;
    }
  }
  return undefined;
}

export function stepfunAudioFacts(
  format: StepfunFormat | undefined,
  audio: ReceivedBytes,
): StepfunAudio {
  const wav = audio.wav?.facts();
  if (wav !== undefined) {
    const encoding = wavEncoding(wav.formatTag, wav.bitsPerSample);
    return {
      container: "wav",
      sampleRate: wav.sampleRate,
      channels: wav.channels,
      durationMs: wavDurationMs(wav),
      ...(encoding === undefined ? {} : { encoding }),
      samplesStart: wav.dataOffsetBytes,
      samplesEnd: wav.dataOffsetBytes + wav.dataBytes,
    };
  }
  const isPcm = format?.type === "pcm";
  const { rate = 16_000, channel = 1 } = format ?? {};
  const bytesPerMs = isPcm ? (rate * channel * 2) / 1000 : COMPRESSED_BYTES_PER_MS;
  return {
    container: isPcm ? "pcm" : audio.container,
    sampleRate: rate,
    channels: channel,
    durationMs: Math.round(audio.sizeBytes / bytesPerMs),
    ...(isPcm ? { encoding: "s16le" as const } : {}),
    samplesStart: 0,
    samplesEnd: isPcm ? audio.sizeBytes : 0,
  };
}
