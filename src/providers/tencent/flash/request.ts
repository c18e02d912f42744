/** From settings and audio to the parameters of one request. Pure. */
import type { AudioFacts } from "../../../audio/types.ts";
import type { Warning } from "../../../transcript/transcript.ts";
import type { RecognitionSettings } from "../../contract.ts";
import { checkEngine, engineForLanguage, engineRate, WIDE_HZ } from "../engines.ts";
import { formatWarnings } from "../format-warnings.ts";
import { hotwordList } from "../hotwords.ts";
import { queryOf, typedParameters, uncheckedQuery } from "../parameters.ts";
import type { Query } from "../signature.ts";
import { unmetConditions } from "./conditions.ts";
import { FLASH_ENGINES, FLASH_LANGUAGES, MANDARIN_ENGINES } from "./engines.ts";
import { flashParameters } from "./parameters.ts";
import { isUncompressed, voiceFormatOf } from "./voice-format.ts";

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
 * @param settled The engine, where it has been settled before: the audio may have been converted.
 * @throws AsrError kind "usage" for a language, model, hotword or parameter that can't be had.
 */
export function planFlash(
  settings: RecognitionSettings,
  audio?: KnownAudio,
  settled?: string,
): FlashPlan {
  const set = typedParameters(flashParameters, settings.parameters);
  // Whoever sets input_sample_rate has narrow audio, and wants a wide-band engine for it.
  const audioRate = set.input_sample_rate === undefined ? audio?.sampleRate : WIDE_HZ;
  const engine =
    settled ??
    set.engine_type ??
    settings.model ??
    engineForLanguage(settings.language, audioRate, FLASH_LANGUAGES);
  const isSent = settled !== undefined;
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
  if (several && !settings.allChannels && set.first_channel_only === 0) {
    warnings.push({
      code: "unsupported-channels",
      message:
        "first_channel_only=0 does not say which channels are sent: --channels all sends each",
    });
  }
  const wantsPcm = set.input_sample_rate !== undefined && !isSent;
  const query = queryOf({
    word_info: settings.subtitles ? 3 : settings.words ? 2 : 0,
    // What is not taken as it is comes as PCM.
    voice_format: (audio === undefined || wantsPcm ? undefined : voiceFormatOf(audio)) ?? "pcm",
    speaker_diarization: tellsSpeakers ? 1 : undefined,
    hotword_list: hotwords.length > 0 ? hotwordList(hotwords) : undefined,
    first_channel_only: settings.allChannels && several ? 0 : undefined,
    ...queryOf(set),
    engine_type: engine,
    ...uncheckedQuery(settings.uncheckedParameters, flashParameters),
  });
  warnings.push(...unmetConditions(query));
  // What the recording was may not be what is sent.
  if (isSent && audio !== undefined) {
    warnings.push(...formatWarnings(query, voiceFormatOf(audio)));
  }
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
