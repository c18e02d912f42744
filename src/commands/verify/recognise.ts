/** Recognises the recording of a case: from its recorded answers, or, for a new recording, at the vendor. */
import path from "node:path";
import type { TranscriptFormat } from "../../formats/format.ts";
import { formatNamed } from "../../formats/table.ts";
import type { Input } from "../../jobs/inputs/input.ts";
import { type Network, systemClock } from "../../jobs/network.ts";
import { memorySink } from "../../jobs/outputs/memory-sink.ts";
import type { AudioTools } from "../../jobs/plan-request.ts";
import type { PlanRequest } from "../../jobs/prepared-input.ts";
import { transcribeInputs } from "../../jobs/transcribe.ts";
import { parseHotword } from "../../settings/hotwords.ts";
import type { Settings } from "../../settings/load.ts";
import { joinTexts } from "../../transcript/text.ts";
import type { Recognised } from "../../verify/judge.ts";
import { chineseConversion, type EventConversion } from "../chinese.ts";
import { planningFor } from "../planning.ts";
import { type Recognisers, recognisersOf } from "../recognisers.ts";
import { cueSettingsOf, withOptions } from "../subtitle-settings.ts";
import type { World } from "../world.ts";
import type { LocatedCase } from "./cases.ts";
import type { Asked } from "./tape.ts";

/** What all cases of a run share. */
export interface Shared {
  /** The speech model is loaded once: it takes longer than most cases. */
  readonly audioTools: AudioTools;
  /** With a console that says nothing: a case's warnings are in its result. */
  readonly world: World;
}

/** Names of the formats that are written. */
function writtenFormats({ declared }: LocatedCase): string[] {
  return [...new Set(declared.expected.map(({ format }) => format))];
}

/** Some APIs are asked for other things where times are wanted. */
export function askedFormats(one: LocatedCase, { format }: Asked["options"]): readonly string[] {
  return format ?? writtenFormats(one);
}

/** The recording, by its path below the case: the same on every machine. */
function inputOf({ folder, declared }: LocatedCase): Input {
  const { audio, file } = declared;
  const name = path.posix.relative(path.posix.dirname(file), audio);
  return { name, path: path.join(folder, audio), relativePath: name, explicit: true };
}

export interface PreparedCase {
  readonly input: Input;
  readonly recognisers: Recognisers;
  readonly planning: PlanRequest;
  readonly writers: readonly TranscriptFormat[];
  /** As `--chinese` asks for. */
  readonly conversion: EventConversion | undefined;
}

/** @throws AsrError kind "usage" for what can't be asked of the provider. */
export async function prepareCase(
  one: LocatedCase,
  { options }: Asked,
  settings: Settings,
  network: Network,
  { audioTools, world }: Shared,
): Promise<PreparedCase> {
  const input = inputOf(one);
  const { values } = settings;
  const hotwords = values.hotword.map(parseHotword);
  const formats = askedFormats(one, options).map(formatNamed);
  const asked = { hotwords, formats };
  const recognisers = await recognisersOf([input], asked, settings, world, network);
  recognisers.check(values.strict);
  const subtitles = { ...cueSettingsOf(settings, hotwords), karaoke: values.karaoke };
  return {
    input,
    recognisers,
    writers: writtenFormats(one).map((name) => withOptions(formatNamed(name), subtitles)),
    conversion: await chineseConversion(values),
    planning: await planningFor(recognisers, settings, world, audioTools),
  };
}

/** @throws AsrError as `asr transcribe` would; the signal's reason where it was aborted. */
export async function recogniseCase({
  input,
  recognisers,
  planning,
  ...written
}: PreparedCase): Promise<Recognised> {
  await recognisers.prepare();
  const { conversion = (event) => event } = written;
  const writers = written.writers.map(({ name, open }) => ({ name, writer: open({}) }));
  const texts = new Map(writers.map(({ name }) => [name, ""]));
  let text = "";
  const { failures } = await transcribeInputs({
    ...planning,
    inputs: [input],
    clock: systemClock,
    concurrency: Number.POSITIVE_INFINITY,
    openSink: () =>
      memorySink((heard) => {
        const event = conversion(heard);
        for (const { name, writer } of writers) {
          texts.set(name, (texts.get(name) ?? "") + writer.write(event));
        }
        if (event.type !== "done") return;
        text = joinTexts(event.transcript.segments.map((segment) => segment.text));
      }),
    listener: { event() {}, stage() {}, done() {}, failed() {}, skipped() {}, passed() {} },
  });
  if (failures.first !== undefined) throw failures.first;
  return { texts, text };
}
