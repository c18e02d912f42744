/** From settings and audio to the parameters of one request. Pure. */
import type { AudioFacts } from "../../../audio/types.ts";
import { audioError } from "../../../errors.ts";
import type { Warning } from "../../../transcript/transcript.ts";
import type { AudioInput, RecognitionSettings } from "../../contract.ts";
import { checkEngine, engineForLanguage, engineRate, WIDE_HZ } from "../engines.ts";
import { hotwordList } from "../hotwords.ts";
import { queryOf, typedParameters, uncheckedQuery } from "../parameters.ts";
import type { Query } from "../signature.ts";
import { unmetConditions } from "./conditions.ts";
import { FLASH_ENGINES, FLASH_LANGUAGES, MANDARIN_ENGINES } from "./engines.ts";
import { FLASH_LIMITS } from "./limits.ts";
import { flashParameters } from "./parameters.ts";
import { voiceFormatOf } from "./voice-format.ts";

/** What a request asks for, but for the account and the time. */
export interface FlashPlan {
  readonly engine: string;
  /** The rate that uncompressed audio must have, in Hz. */
  readonly sampleRate: number;
  readonly query: Query;
  readonly warnings: readonly Warning[];
}

type KnownAudio = Pick<AudioFacts, "container" | "sampleRate" | "channels"> & {
  readonly encoding: string;
};

/**
 * Settles every parameter: `--set`, else `-m`, else what language, output and audio ask for.
 *
 * @param audio Undefined where it is not known yet: taken for wide-band PCM of one channel.
 * @throws AsrError kind "usage" for a language, model, hotword or parameter that can't be had.
 */
export function planFlash(settings: RecognitionSettings, audio?: KnownAudio): FlashPlan {
  const set = typedParameters(flashParameters, settings.parameters);
  const engine =
    set.engine_type ??
    settings.model ??
    engineForLanguage(settings.language, audio?.sampleRate, FLASH_LANGUAGES);
  const warnings = [...checkEngine(engine, FLASH_ENGINES)];
  const { hotwords } = settings;
  const tellsSpeakers = settings.speakers && MANDARIN_ENGINES.test(engine);
  if (settings.speakers && !tellsSpeakers && set.speaker_diarization === undefined) {
    warnings.push(...unmetConditions({ engine_type: engine, speaker_diarization: "1" }));
  }
  if (hotwords.length > 0 && set.hotword_list !== undefined) {
    warnings.push({
      code: "ignored-hotwords",
      message: "the hotwords are not sent: hotword_list is set and goes before them",
    });
  }
  const several = audio !== undefined && audio.channels > 1;
  const query = queryOf({
    word_info: settings.timesWanted ? 3 : settings.words ? 2 : 0,
    // What is not taken as it is comes as PCM.
    voice_format: (audio === undefined ? undefined : voiceFormatOf(audio)) ?? "pcm",
    speaker_diarization: tellsSpeakers ? 1 : undefined,
    hotword_list: hotwords.length > 0 ? hotwordList(hotwords) : undefined,
    first_channel_only: settings.allChannels && several ? 0 : undefined,
    ...queryOf(set),
    engine_type: engine,
    ...uncheckedQuery(settings.uncheckedParameters),
  });
  warnings.push(...unmetConditions(query));
  const sampleRate = set.input_sample_rate ?? engineRate(engine);
  return { engine, sampleRate, query, warnings };
}

/**
 * The rate that audio must have, in Hz. Compressed audio is decoded by the vendor and may have any
 * higher rate: undefined.
 */
export function neededRate({ sampleRate }: FlashPlan, audio?: KnownAudio): number | undefined {
  const isCompressed = audio !== undefined && !isUncompressed(audio);
  const isEnough = audio !== undefined && audio.sampleRate >= WIDE_HZ;
  return isCompressed && isEnough && sampleRate === WIDE_HZ ? undefined : sampleRate;
}

function isUncompressed({ container }: Pick<KnownAudio, "container">): boolean {
  return container === "pcm" || container === "wav";
}

/**
 * Looks at what can be known of the audio before it is sent.
 *
 * @throws AsrError kind "audio", with what to do about it.
 */
export function checkFlashAudio(audio: AudioInput, { engine, sampleRate }: FlashPlan): void {
  const { container, sizeBytes = 0, durationMs = 0 } = audio;
  const { maxBytes, maxDurationMs } = FLASH_LIMITS;
  if (voiceFormatOf(audio) === undefined) {
    throw audioError(
      `Tencent flash does not take ${container} with ${audio.encoding}`,
      "convert it to 16-bit WAV, or to m4a, mp3, aac, amr, silk, or ogg with opus or speex",
    );
  }
  if (sizeBytes === 0) throw audioError("the audio is empty", "check the recording");
  if (sizeBytes > maxBytes) {
    throw audioError(
      `${sizeBytes} bytes of audio are more than Tencent flash takes`,
      "send it compressed (m4a, mp3, ogg with opus), or cut it into parts",
      `it takes ${maxBytes} bytes in one request`,
    );
  }
  if (durationMs > maxDurationMs) {
    throw audioError(
      `${Math.ceil(durationMs / 60_000)} minutes of audio are more than Tencent flash takes`,
      "cut it into parts",
      `it takes ${maxDurationMs / 60_000} minutes in one request`,
    );
  }
  // The vendor would not complain: the text would be nonsense, and billed.
  if (isUncompressed(audio) && audio.sampleRate !== sampleRate) {
    throw audioError(
      `audio of ${audio.sampleRate} Hz does not fit the engine ${engine}`,
      "convert it, or choose an engine of that rate with -m",
      `the engine listens at ${sampleRate} Hz`,
    );
  }
}
