/** `voice_format` by what the audio is (realtime document, "输入音频格式" and the URL's fields). */
import type { AcceptedAudio } from "../../contract.ts";

type Format = AcceptedAudio & { readonly voiceFormat: 1 | 4 | 6 };

/** "16bit 位深的单声道", at the engine's rate. */
const MONO = { sampleRates: [16_000, 8000], maxChannels: 1 };

/** In order of preference. That speex comes in Ogg is a guess: the document says "sp" and no more. */
const FORMATS: readonly Format[] = [
  { container: "pcm", encodings: ["s16le"], ...MONO, voiceFormat: 1 },
  { container: "wav", encodings: ["s16le"], ...MONO, voiceFormat: 1 },
  { container: "ogg", encodings: ["speex"], ...MONO, voiceFormat: 4 },
  { container: "silk", encodings: ["silk"], ...MONO, voiceFormat: 6 },
];

export const REALTIME_ACCEPTS: readonly AcceptedAudio[] = FORMATS.map(
  ({ voiceFormat: _, ...accepted }) => accepted,
);

/** Undefined: the audio must be converted first. */
export function acceptedAs(audio: {
  readonly container: string;
  readonly encoding: string;
}): Format | undefined {
  return FORMATS.find(
    ({ container, encodings }) =>
      container === audio.container && encodings.some((encoding) => encoding === audio.encoding),
  );
}
