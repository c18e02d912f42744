/** What `asr format` does, loaded once it is clear that something is to be done. */
import { findMediaTools } from "../audio/compressed/ffmpeg/find.ts";
import { AsrError, audioError, usageError } from "../errors.ts";
import { CONVERT_HINT, decodeText } from "../formats/reading/decode-text.ts";
import { isSubtitles, readStored } from "../formats/reading/read.ts";
import { formatNamed } from "../formats/table.ts";
import type { Input } from "../jobs/inputs/input.ts";
import { systemClock } from "../jobs/network.ts";
import type { Destinations } from "../jobs/outputs/destination.ts";
import { openDestinations } from "../jobs/outputs/destinations.ts";
import { type SoundFor, soundingSinks } from "../jobs/sound/sinks.ts";
import { loadAnswerReaders } from "../library/answer-readers.ts";
import type { Settings } from "../settings/load.ts";
import { eventsOf } from "../transcript/replay.ts";
import type { Transcript } from "../transcript/transcript.ts";
import { chineseConversion, convertingSinks } from "./chinese.ts";
import { namedRecording } from "./named-recording.ts";
import { formatsOf, isReport, KNOWN_EXTENSIONS } from "./recognition-settings.ts";
import { type ReportSound, reportSound } from "./report-sound.ts";
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
  const asked = cueSettingsOf(settings);
  const names = formatsOf(settings, world);
  const { transcript, areCues } = await readInput(input, world);
  const shape = { ...asked, areCues, karaoke: values.karaoke, warn };
  const formats = names.map((name) => withOptions(formatNamed(name), shape));
  if (values.audio !== undefined && !formats.some(isReport)) {
    throw usageError("--audio is for the HTML report", "add -f html, or leave it out");
  }
  const destinations = await openDestinations({
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
  for (const warning of transcript.warnings) world.console.warning(warning);
  const converting = convertingSinks(destinations.openSink, await chineseConversion(values));
  const sinks = formats.some(isReport)
    ? soundingSinks(converting, await recordingFor(transcript, destinations, settings, world))
    : converting;
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

/** Says so where a report will have no sound. */
async function recordingFor(
  { source: named }: Transcript,
  { files }: Destinations,
  settings: Settings,
  world: World,
): Promise<SoundFor> {
  const { audio } = settings.values;
  const tools = await findMediaTools(world.environment, world.platform);
  const sourceOf: ReportSound["sourceOf"] = async ({ name, path: transcriptPath }, signal) => {
    const { workingFolder } = world;
    const recording = { audio, named, transcriptPath, workingFolder };
    const found = await namedRecording(recording, signal);
    if (found !== undefined) return found;
    const which =
      named === undefined
        ? "the transcript names none"
        : `${named.name} is not there any more, or is another one`;
    const message = `${name}: its HTML report has no sound: ${which}; name the recording with --audio`;
    world.console.warning({ code: "report-without-sound", message });
    return "the recording was not at hand when this page was made";
  };
  const request = { files, sourceOf, rawFormatOf: () => undefined };
  return reportSound({ ...request, ...(tools === undefined ? {} : { tools }) }, settings, world);
}

interface StoredTranscript {
  readonly transcript: Transcript;
  /** Of a subtitle file. */
  readonly areCues: boolean;
}

async function readInput(input: Input, world: World): Promise<StoredTranscript> {
  const bytes = await storedBytes(input, world);
  try {
    const text = storedText(bytes);
    const transcript = await readStored(text, loadAnswerReaders);
    return { transcript, areCues: isSubtitles(text) };
  } catch (error) {
    if (!(error instanceof AsrError)) throw error;
    throw new AsrError(error.kind, `${input.name}: ${error.message}`, error.details);
  }
}

function storedText(bytes: Uint8Array): string {
  const { text, faultLine } = decodeText(bytes);
  if (faultLine === undefined) return text;
  throw audioError(`line ${faultLine}: the text is not UTF-8`, CONVERT_HINT);
}
