/** What is asked of the recogniser, out of the settings: by `transcribe` and `stream` alike. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { streamSource } from "../audio/source.ts";
import type { RawFormat } from "../audio/types.ts";
import { AsrError, systemCode, usageError } from "../errors.ts";
import { FORMATS, formatOfExtension } from "../formats/table.ts";
import { type Input, STDIN_NAME } from "../jobs/inputs/inputs.ts";
import { extensionOf } from "../jobs/outputs/outputs.ts";
import type { Provider, RecognitionSettings } from "../providers/contract.ts";
import { parseHotword, parseHotwordFile, type WrittenHotword } from "../settings/hotwords.ts";
import type { Settings } from "../settings/load.ts";
import { checkParameters, refuseOwnedName } from "../settings/parameters.ts";
import type { World } from "./world.ts";

type Values = Settings["values"];

/** Extensions of transcripts, without the dot. */
export const KNOWN_EXTENSIONS: readonly string[] = FORMATS.map((format) => format.extension);

/** Formats that show the text line by line, each with its times. */
export const SUBTITLE_FORMATS: readonly string[] = ["srt", "vtt", "lrc", "ass", "html"];

/** Whether it is the HTML report, which lets one hear the recording. */
export function isReport({ name }: { readonly name: string }): boolean {
  return name === "html";
}

/** Extensions that say: headerless. */
const HEADERLESS = ["pcm", "raw"];

/**
 * What the extension of `-o` says, unless formats were asked for where `-o` was given or in a
 * stronger place: a format in a settings file does not make plain text of `-o talk.srt`.
 */
export function formatsOf({ values, resolved }: Settings, world: World): readonly string[] {
  const byExtension =
    values.output === undefined ? undefined : formatOfExtension(extensionOf(values.output));
  if (byExtension === undefined) return values.format;
  const rankOf = (key: string): number => resolved.get(key)?.rank ?? Number.POSITIVE_INFINITY;
  if (rankOf("format") > rankOf("output")) return [byExtension.name];
  const asked: readonly string[] = values.format;
  if (!asked.includes(byExtension.name)) {
    world.console.warning({
      code: "format-extension",
      message: `${values.output} looks like ${byExtension.name}, but ${asked.join(", ")} was asked for and is written`,
    });
  }
  return asked;
}

export async function hotwordsOf(
  values: Values,
  inputs: readonly Input[],
  world: World,
): Promise<WrittenHotword[]> {
  const written = values.hotword.map(parseHotword);
  if (values.hotwords === undefined) return written;
  if (values.hotwords !== STDIN_NAME) {
    const file = path.resolve(world.workingFolder, values.hotwords);
    try {
      return [...written, ...parseHotwordFile(await readFile(file, "utf8"))];
    } catch (error) {
      if (error instanceof AsrError) throw error;
      throw usageError(
        `can't read the hotwords in ${values.hotwords}`,
        "check the path",
        systemCode(error),
      );
    }
  }
  if (inputs.some((input) => input.path === undefined)) {
    throw usageError(
      "stdin can't be both the audio and the hotwords",
      "put the hotwords into a file, or name the recording",
    );
  }
  const chunks: Uint8Array[] = [];
  const stdin = streamSource(world.stdin.bytes(), STDIN_NAME);
  for await (const chunk of stdin.open(world.signal)) chunks.push(chunk);
  return [...written, ...parseHotwordFile(Buffer.concat(chunks).toString("utf8"))];
}

/** `--set` and `--set-unchecked`, checked against what the provider's vendor documents. */
export function parametersOf(provider: Provider, settings: Settings, world: World) {
  const { set, setUnchecked } = settings.values;
  const own = settings.providers[provider.id]?.set ?? {};
  const unchecked = Object.entries(setUnchecked).map(([name, value]) => {
    refuseOwnedName(name);
    if (Object.hasOwn(provider.parameters.shape, name)) {
      throw usageError(
        `the parameter ${name} is known: it need not go unchecked`,
        `use --set ${name}=…`,
      );
    }
    world.console.warning({
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

export function rawFormatOf(input: Input, values: Values): RawFormat | undefined {
  const { rate, encoding, channelCount } = values;
  const given = rate !== undefined || encoding !== undefined || channelCount !== undefined;
  const named = input.path !== undefined && HEADERLESS.includes(extensionOf(input.path));
  if (!given && !named) return undefined;
  return { sampleRate: rate ?? 16_000, encoding: encoding ?? "s16le", channels: channelCount ?? 1 };
}
