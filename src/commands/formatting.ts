/** What `asr format` does, loaded once it is clear that something is to be done. */
import { AsrError, audioError } from "../errors.ts";
import { decodeText } from "../formats/reading/decode-text.ts";
import { readStored } from "../formats/reading/read.ts";
import type { AnswerReader } from "../formats/reading/vendor-answers.ts";
import { formatNamed } from "../formats/table.ts";
import { systemClock } from "../jobs/network.ts";
import { openDestinations } from "../jobs/outputs/destinations.ts";
import { PROVIDERS } from "../providers/registry.ts";
import type { Settings } from "../settings/load.ts";
import { eventsOf } from "../transcript/replay.ts";
import type { Transcript } from "../transcript/transcript.ts";
import { chineseConversion, convertingSinks } from "./chinese.ts";
import { formatsOf, KNOWN_EXTENSIONS } from "./recognition-settings.ts";
import { storedBytes, storedInput } from "./stored-file.ts";
import { cueSettingsOf, subtitleWarner, withOptions } from "./subtitle-settings.ts";
import type { World } from "./world.ts";

export async function runFormatting(
  operand: string,
  settings: Settings,
  world: World,
): Promise<void> {
  const { values } = settings;
  const { signal, onExit, stdout } = world;
  const input = storedInput(operand, world);
  const warn = subtitleWarner(world);
  const shape = { ...cueSettingsOf(settings), karaoke: values.karaoke, warn };
  const formats = formatsOf(settings, world).map((name) => withOptions(formatNamed(name), shape));
  const { openSink } = await openDestinations({
    inputs: [input],
    several: false,
    formats,
    knownExtensions: KNOWN_EXTENSIONS,
    ...(values.output === undefined ? {} : { output: values.output }),
    workingFolder: world.workingFolder,
    keepExtension: false,
    force: values.force,
    writeToStream: (text) => stdout.write(text),
    uniqueName: () => Buffer.from(world.randomBytes(4)).toString("hex"),
  });
  const bytes = await storedBytes(input, world);
  const transcript = await readTranscript(bytes).catch((error: unknown) => {
    if (!(error instanceof AsrError)) throw error;
    throw new AsrError(error.kind, `${input.name}: ${error.message}`, error.details);
  });
  for (const warning of transcript.warnings) world.console.warning(warning);
  const sinks = convertingSinks(openSink, await chineseConversion(values));
  const sink = sinks(input, 0, { signal, clock: systemClock, onExit });
  try {
    for (const event of eventsOf(transcript)) {
      signal.throwIfAborted();
      await sink.write(event);
    }
    await sink.commit();
  } catch (error) {
    await sink.discard();
    throw error;
  }
}

async function readTranscript(bytes: Uint8Array): Promise<Transcript> {
  const { text, faultLine } = decodeText(bytes);
  if (faultLine !== undefined) {
    throw audioError(
      `line ${faultLine}: the text is not UTF-8`,
      "convert it first: iconv -f GB18030 -t UTF-8 OLD > NEW (Chinese; BIG5 where it is traditional)",
    );
  }
  return readStored(text, loadAnswerReaders);
}

/** All providers that can read what they answered, in the order of the registry. */
async function loadAnswerReaders(): Promise<readonly AnswerReader[]> {
  const remote = PROVIDERS.filter((provider) => provider.remote);
  const providers = await Promise.all(remote.map((provider) => provider.load()));
  return providers.flatMap(({ id, readAnswers }) =>
    readAnswers === undefined ? [] : [{ id, readAnswers }],
  );
}
