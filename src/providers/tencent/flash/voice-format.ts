/** `voice_format` by what the audio is (flash document, 3.2), never by a file's name. */
import type { AcceptedAudio } from "../../contract.ts";

type Format = AcceptedAudio & { readonly voiceFormat: string };

/** Rates of the engines. Compressed audio of any rate is decoded, and converted, by the vendor. */
const ENGINE_RATES = [16_000, 8000];

/**
 * In order of preference. WAV as 16-bit PCM alone: no document says which other encodings are
 * understood.
 */
const FORMATS: readonly Format[] = [
  {
    container: "pcm",
    encodings: ["s16le"],
    sampleRates: ENGINE_RATES,
    maxChannels: 1,
    voiceFormat: "pcm",
  },
  { container: "wav", encodings: ["s16le"], sampleRates: ENGINE_RATES, voiceFormat: "wav" },
  { container: "m4a", encodings: ["aac"], voiceFormat: "m4a" },
  { container: "mp3", encodings: ["mp3"], voiceFormat: "mp3" },
  { container: "aac", encodings: ["aac"], voiceFormat: "aac" },
  { container: "ogg", encodings: ["opus"], voiceFormat: "ogg-opus" },
  { container: "ogg", encodings: ["speex"], voiceFormat: "speex" },
  { container: "silk", encodings: ["silk"], voiceFormat: "silk" },
  // In the document's parameter table (3.2), not in its list of formats (2).
  { container: "amr", encodings: ["amr"], voiceFormat: "amr" },
];

export const FLASH_ACCEPTS: readonly AcceptedAudio[] = FORMATS.map(
  ({ voiceFormat: _, ...accepted }) => accepted,
);

/** The name of audio that is taken as it is; undefined: it must be converted first. */
export function voiceFormatOf(audio: {
  readonly container: string;
  readonly encoding: string;
}): string | undefined {
  const accepted = FORMATS.find(
    ({ container, encodings }) =>
      container === audio.container && encodings.some((encoding) => encoding === audio.encoding),
  );
  return accepted?.voiceFormat;
}

export function isUncompressed({ container }: { readonly container: string }): boolean {
  return container === "pcm" || container === "wav";
}
