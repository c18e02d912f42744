/** Whether an uploaded recording is what its parameters say (flash document 2, 3.3 and 5). */
import type { ReceivedBytes } from "../server/audio/receiver.ts";
import { type SampleEncoding, wavEncoding } from "../server/audio/samples.ts";
import { isWeak, type SniffedContainer } from "../server/audio/sniff.ts";
import { wavDurationMs, wavProblem } from "../server/audio/wav.ts";

/** 100 MB are taken as 100,000,000 bytes (FACTS). */
const MAX_FLASH_BYTES = 100_000_000;
const MAX_DURATION_MS = 2 * 60 * 60 * 1000;

export interface FlashAudio {
  /** As the request names it. */
  readonly voiceFormat: string;
  readonly sampleRate: number;
  readonly channels: number;
  readonly durationMs: number;
  /** Undefined where a double can't hear it. */
  readonly encoding?: SampleEncoding;
  /** Where the samples are in the body; undefined: nowhere. */
  readonly samplesStart: number;
  readonly samplesEnd: number;
}

const CONTAINERS: Readonly<Record<string, readonly SniffedContainer[]>> = {
  wav: ["wav"],
  pcm: ["none"],
  "ogg-opus": ["ogg-opus"],
  // Bare speex frames carry no signature.
  speex: ["ogg-speex", "none"],
  silk: ["silk"],
  mp3: ["mp3"],
  m4a: ["m4a"],
  aac: ["aac"],
  amr: ["amr"],
};

/** Compressed audio has no length here without a decoder: about 128 kbit/s. */
const COMPRESSED_BYTES_PER_MS = 16;

/** @returns code and reason where the vendor would refuse the audio. */
export function flashAudioProblem(
  voiceFormat: string,
  audio: ReceivedBytes,
  facts: FlashAudio,
): { code: number; reason: string } | undefined {
  if (audio.sizeBytes === 0) return { code: 4012, reason: "the body is empty" };
  if (audio.sizeBytes > MAX_FLASH_BYTES) {
    return { code: 4011, reason: `the body has ${audio.sizeBytes} bytes` };
  }
  const undecodable = (reason: string) => ({ code: 4007, reason });
  const { container } = audio;
  const isPcmLookalike = voiceFormat === "pcm" && isWeak(container, audio.head);
  if (!isPcmLookalike && CONTAINERS[voiceFormat]?.includes(container) !== true) {
    return undecodable(`voice_format=${voiceFormat}, but the body is ${container}`);
  }
  if (voiceFormat === "pcm" && audio.sizeBytes % 2 !== 0) {
    return undecodable("16-bit pcm of an odd number of bytes");
  }
  const problem = audio.wav === undefined ? undefined : wavProblem(audio.wav);
  if (problem !== undefined) return undecodable(`wav: ${problem}`);
  if (facts.durationMs > MAX_DURATION_MS) {
    return { code: 4011, reason: `the audio lasts ${facts.durationMs} ms, over two hours` };
  }
  return undefined;
}

/** What the audio is; for pcm by the engine or `input_sample_rate`, mono (document 3.2). */
export function flashAudioFacts(
  parameters: Readonly<Record<string, string>>,
  audio: ReceivedBytes,
): FlashAudio {
  const voiceFormat = parameters.voice_format ?? "";
  const wav = audio.wav?.facts();
  if (wav !== undefined) {
    const encoding = wavEncoding(wav.formatTag, wav.bitsPerSample);
    return {
      voiceFormat,
      sampleRate: wav.sampleRate,
      channels: wav.channels,
      durationMs: wavDurationMs(wav),
      ...(encoding === undefined ? {} : { encoding }),
      samplesStart: wav.dataOffsetBytes,
      samplesEnd: wav.dataOffsetBytes + wav.dataBytes,
    };
  }
  const sampleRate = Number(parameters.input_sample_rate ?? engineRate(parameters));
  const isPcm = voiceFormat === "pcm";
  const bytesPerMs = isPcm ? (sampleRate * 2) / 1000 : COMPRESSED_BYTES_PER_MS;
  return {
    voiceFormat,
    sampleRate,
    channels: 1,
    durationMs: Math.round(audio.sizeBytes / bytesPerMs),
    ...(isPcm ? { encoding: "s16le" as const } : {}),
    samplesStart: 0,
    samplesEnd: isPcm ? audio.sizeBytes : 0,
  };
}

/** The sample rate an engine listens at, by its prefix. */
export function engineRate(parameters: Readonly<Record<string, string>>): number {
  return parameters.engine_type?.startsWith("8k_") === true ? 8000 : 16_000;
}
