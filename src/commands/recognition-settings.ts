/** What is asked of the recogniser, out of the settings: by `transcribe` and `stream` alike. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { streamSource } from "../audio/source.ts";
import { AsrError, systemCode, usageError } from "../errors.ts";
import { FORMATS, formatOfExtension } from "../formats/table.ts";
import { type Input, STDIN_NAME } from "../jobs/inputs/inputs.ts";
import { extensionOf } from "../jobs/outputs/outputs.ts";
import { parseHotword, parseHotwordFile, type WrittenHotword } from "../settings/hotwords.ts";
import type { Settings } from "../settings/load.ts";
import type { World } from "./world.ts";

export {
  isReport,
  parametersOf,
  rawFormatOf,
  recognitionSettings,
  SUBTITLE_FORMATS,
} from "../library/recognition-settings.ts";

type Values = Settings["values"];

/** Extensions of transcripts, without the dot. */
export const KNOWN_EXTENSIONS: readonly string[] = FORMATS.map((format) => format.extension);

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
