/** What is asked of the recogniser, out of the settings: by the commands and the library alike. */
import type { RawFormat } from "../audio/types.ts";
import { usageError } from "../errors.ts";
import type { Input } from "../jobs/inputs/input.ts";
import { extensionOf } from "../jobs/outputs/outputs.ts";
import type { Provider, RecognitionSettings } from "../providers/contract.ts";
import type { WrittenHotword } from "../settings/hotwords.ts";
import type { Settings } from "../settings/load.ts";
import { checkParameters, refuseOwnedName } from "../settings/parameters.ts";
import type { Warning } from "../transcript/transcript.ts";

type Values = Settings["values"];

/** Formats that show the text line by line, each with its times. */
export const SUBTITLE_FORMATS: readonly string[] = ["srt", "vtt", "lrc", "ass", "html"];

/** Whether it is the HTML report, which lets one hear the recording. */
export function isReport({ name }: { readonly name: string }): boolean {
  return name === "html";
}

/** Extensions that say: headerless. */
const HEADERLESS = ["pcm", "raw"];

/**
 * `--set` and `--set-unchecked`, checked against what the provider's vendor documents.
 *
 * @param warn told of those that nobody here knows
 */
export function parametersOf(
  provider: Provider,
  { values, providers }: Pick<Settings, "values" | "providers">,
  warn: (warning: Warning) => void,
) {
  const { set, setUnchecked } = values;
  const own = providers[provider.id]?.set ?? {};
  const unchecked = Object.entries(setUnchecked).map(([name, value]) => {
    refuseOwnedName(name);
    if (Object.hasOwn(provider.parameters.shape, name)) {
      throw usageError(
        `the parameter ${name} is known: it need not go unchecked`,
        `use --set ${name}=…`,
      );
    }
    warn({
      code: "unchecked-parameter",
      message: `the parameter ${name} is sent as it is: asr does not know it`,
    });
    return [name, String(value)];
  });
  return {
    parameters: checkParameters(provider.parameters, { ...own, ...set }),
    uncheckedParameters: Object.fromEntries(unchecked) as Record<string, string>,
  };
}

export function recognitionSettings(
  values: Values,
  rest: {
    readonly hotwords: readonly WrittenHotword[];
    readonly formats: readonly { readonly name: string }[];
    readonly parameters: Readonly<Record<string, unknown>>;
    readonly uncheckedParameters: Readonly<Record<string, string>>;
    /** Undefined: nothing is known of it. */
    readonly provider?: Pick<Provider, "capabilities">;
    /** The audio is being spoken now. */
    readonly live?: boolean;
  },
): RecognitionSettings {
  // A report's words follow the sound, where that costs nobody a warning.
  const givesWords =
    rest.provider !== undefined && rest.provider.capabilities.gives.wordTimes !== false;
  const followed = givesWords && rest.formats.some(isReport);
  return {
    language: values.language,
    ...(values.model === undefined ? {} : { model: values.model }),
    hotwords: rest.hotwords,
    speakers: values.speakers,
    words: values.words || values.karaoke || followed,
    allChannels: values.channels === "all",
    timesWanted: rest.formats.some((format) => format.name !== "txt"),
    subtitles: rest.formats.some((format) => SUBTITLE_FORMATS.includes(format.name)),
    parameters: rest.parameters,
    uncheckedParameters: rest.uncheckedParameters,
    raw: values.raw,
    live: rest.live ?? false,
  };
}

export function rawFormatOf(
  input: Pick<Input, "path">,
  { rate, encoding, channelCount }: Pick<Values, "rate" | "encoding" | "channelCount">,
): RawFormat | undefined {
  const given = rate !== undefined || encoding !== undefined || channelCount !== undefined;
  const named = input.path !== undefined && HEADERLESS.includes(extensionOf(input.path));
  if (!given && !named) return undefined;
  return { sampleRate: rate ?? 16_000, encoding: encoding ?? "s16le", channels: channelCount ?? 1 };
}
