/** From settings and audio to what all slices of a voice have in common. Pure. */
import type { AudioFacts } from "../../../audio/types.ts";
import { audioError } from "../../../errors.ts";
import type { Warning } from "../../../transcript/transcript.ts";
import type { AudioInput, RecognitionSettings, Resolution } from "../../contract.ts";
import { checkEngine, engineForLanguage, engineRate } from "../engines.ts";
import { formatWarnings } from "../format-warnings.ts";
import { queryOf, typedParameters, uncheckedQuery } from "../parameters.ts";
import type { Query } from "../signature.ts";
import { encodingsOf } from "./charset.ts";
import { REALTIME_ENGINES, REALTIME_LANGUAGES } from "./engines.ts";
import { LIVE_SLICE_MS, PLAIN_MS, RECORDING_SLICE_MS } from "./limits.ts";
import { realtimeParameters } from "./parameters.ts";
import { acceptedAs } from "./voice-format.ts";
import { realtimeWarnings } from "./warnings.ts";

export interface RealtimePlan {
  /** Engine, or template. */
  readonly model: string;
  /** Undefined where only the template knows it. */
  readonly engine?: string;
  /** In Hz. */
  readonly sampleRate: number;
  /** Everything but the account, the time and the slice. */
  readonly query: Query;
  /** Encodings that answers may be in, the likeliest first (labels of TextDecoder). */
  readonly encodings: readonly string[];
  /** Sentences come one by one, with times. */
  readonly needVad: boolean;
  readonly sliceMs: number;
  readonly warnings: readonly Warning[];
}

type KnownAudio = Pick<AudioFacts, "container" | "sampleRate" | "durationMs"> & {
  readonly encoding: string;
};

/**
 * Settles every parameter: `--set`, else `-m`, else what language and audio ask for.
 *
 * With a template the engine is not sent: what is said of it tells us what the template wants.
 *
 * @param audio Undefined where it is not known yet: taken for wide-band PCM.
 * @param settled Engine and rate, where they have been settled before: the audio may have been
 *   converted.
 * @throws AsrError kind "usage" for a language, model or parameter that can't be had.
 */
export function planRealtime(
  settings: RecognitionSettings,
  audio?: KnownAudio,
  settled?: Pick<Resolution, "model" | "sampleRate">,
): RealtimePlan {
  const { slice_ms: askedSliceMs, ...set } = typedParameters(
    realtimeParameters,
    settings.parameters,
  );
  const { template_name: template } = set;
  const named = set.engine_model_type ?? settings.model;
  const engine =
    (template === undefined ? settled?.model : undefined) ??
    named ??
    engineForLanguage(settings.language, audio?.sampleRate, REALTIME_LANGUAGES);
  const engineWarnings = checkEngine(engine, REALTIME_ENGINES);
  const durationMs = audio?.durationMs ?? Number.POSITIVE_INFINITY;
  const query = queryOf({
    source: 0,
    // In milliseconds; what the newer document's example asks for.
    timeout: 5000,
    projectid: 0,
    voice_format: (audio === undefined ? undefined : acceptedAs(audio))?.voiceFormat ?? 1,
    needvad: settings.live || durationMs > PLAIN_MS ? 1 : 0,
    sub_service_type: 1,
    result_text_format: 0,
    res_type: 0,
    ...queryOf(set),
    engine_model_type: engine,
    // The template wins over these four (document): they would only mislead.
    ...(template === undefined
      ? {}
      : {
          sub_service_type: undefined,
          engine_model_type: undefined,
          result_text_format: undefined,
          res_type: undefined,
        }),
    ...uncheckedQuery(settings.uncheckedParameters, realtimeParameters),
  });
  const needVad = query.needvad === "1";
  const isKnown = template === undefined || named !== undefined;
  return {
    model: template ?? engine,
    ...(isKnown ? { engine } : {}),
    sampleRate: settled?.sampleRate ?? engineRate(engine),
    query,
    encodings: encodingsOf(template, set.result_text_format),
    needVad,
    sliceMs: askedSliceMs ?? (settings.live ? LIVE_SLICE_MS : RECORDING_SLICE_MS),
    warnings: [
      ...(template === undefined ? engineWarnings : []),
      ...realtimeWarnings(settings, { ...set, slice_ms: askedSliceMs }, durationMs),
      // What the recording was may not be what is sent.
      ...(settled === undefined || audio === undefined
        ? []
        : [...formatWarnings(query, formatOf(audio)), ...(isKnown ? [] : [rateGuessed(audio)])]),
    ],
  };
}

/** A template's engine is the account's secret: at the wrong rate it gives nonsense and no error. */
function rateGuessed({ sampleRate }: KnownAudio): Warning {
  return {
    code: "template-rate",
    message: `the template's engine is not known here: audio of ${sampleRate} Hz is sent; if it listens at another rate, name it with -m`,
  };
}

function formatOf(audio: KnownAudio): string | undefined {
  return acceptedAs(audio)?.voiceFormat.toString();
}

/**
 * Looks at what can be known of the audio before it is sent.
 *
 * @throws AsrError kind "audio", with what to do about it.
 */
export function checkRealtimeAudio(audio: AudioInput, { model, sampleRate }: RealtimePlan): void {
  const { container, encoding, channels } = audio;
  if (acceptedAs(audio) === undefined || channels !== 1) {
    throw audioError(
      `Tencent realtime does not take ${container} with ${encoding} and ${channels} channels`,
      "convert it to 16-bit mono WAV or PCM, silk, or ogg with speex",
    );
  }
  // The vendor would not complain: the text would be nonsense, and billed.
  if (audio.sampleRate !== sampleRate) {
    throw audioError(
      `audio of ${audio.sampleRate} Hz does not fit the engine ${model}`,
      "convert it, or choose an engine of that rate with -m",
      `the engine listens at ${sampleRate} Hz`,
    );
  }
}
