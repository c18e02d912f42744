/** What `asr transcribe` does, loaded once it is clear that something is to be done. */
import { findMediaTools } from "../audio/compressed/ffmpeg/find.ts";
import { fileSource, streamSource } from "../audio/source.ts";
import { AsrError, usageError } from "../errors.ts";
import { formatNamed } from "../formats/table.ts";
import type { InputList } from "../jobs/inputs/inputs.ts";
import { systemClock } from "../jobs/network.ts";
import { openDestinations } from "../jobs/outputs/destinations.ts";
import { draftNames } from "../jobs/outputs/draft-name.ts";
import type { PlanRequest } from "../jobs/prepared-input.ts";
import type { Recogniser } from "../jobs/recogniser.ts";
import {
  type JobsSummary,
  type TranscriptionSummary,
  transcribeInputs,
} from "../jobs/transcribe.ts";
import type { Settings } from "../settings/load.ts";
import { createJobView, type JobView } from "../terminal/job-view.ts";
import { isColored } from "../terminal/paint.ts";
import { destinationNote } from "./context.ts";
import { openOutputLedger, passedNote, refuseResumeFlag } from "./output-ledger.ts";
import { recognisersOf } from "./recognisers.ts";
import { formatsOf, hotwordsOf, KNOWN_EXTENSIONS, rawFormatOf } from "./recognition-settings.ts";
import { speechModelFor } from "./speech-model.ts";
import { inputsOf, planWishes, refuseReportFlag } from "./transcription-settings.ts";
import type { World } from "./world.ts";

export async function runTranscription(
  operands: readonly string[],
  settings: Settings,
  world: World,
): Promise<void> {
  const { values } = settings;
  refuseReportFlag(settings);
  const list = await inputsOf(operands, values, world);
  const formats = formatsOf(settings, world).map(formatNamed);
  const hotwords = await hotwordsOf(values, list.inputs, world);
  const recognisers = await recognisersOf(list.inputs, { hotwords, formats }, settings, world);
  const run = Buffer.from(world.randomBytes(4)).toString("hex");
  const { openSink, folder } = await openDestinations({
    ...list,
    formats,
    knownExtensions: KNOWN_EXTENSIONS,
    ...(values.output === undefined ? {} : { output: values.output }),
    workingFolder: world.workingFolder,
    keepExtension: values.keepExtension,
    force: values.force,
    hasLedger: values.resume,
    writeToStream: async (text) => {
      world.console.makeRoom();
      await world.stdout.write(text);
    },
    uniqueName: draftNames(run),
  });
  refuseResumeFlag(settings, folder !== undefined);
  recognisers.check(values.strict);
  const tools = await findMediaTools(world.environment, world.platform);
  const planning: PlanRequest = {
    openSource: (input) =>
      input.path === undefined
        ? Promise.resolve(streamSource(world.stdin.bytes(), input.name))
        : fileSource(input.path, input.name),
    recogniserOf: recognisers.of,
    wishes: planWishes(values),
    strict: values.strict,
    rawFormatOf: (input) => rawFormatOf(input, values),
    ...(tools === undefined ? {} : { tools }),
    speechModel: speechModelFor(recognisers.providers, world.console.debug),
    signal: world.signal,
    temporaryFolder: world.temporaryFolder,
    onExit: world.onExit,
  };
  if (values.dryRun) {
    const { runDryRun } = await import("./dry-run.ts");
    const survey = { ...planning, ...list };
    throwFailures(await runDryRun(survey, settings, world).finally(recognisers.close), list);
    return;
  }
  // Of a replay it was said that nothing is sent.
  if (values.replay === undefined) {
    for (const place of placesOf(recognisers.all)) world.console.debug(place);
  }
  await recognisers.prepare();
  const request = { run, planning, inputs: list.inputs, formats, recognisers: recognisers.all };
  const ledger =
    folder === undefined || !values.resume
      ? undefined
      : await openOutputLedger({ ...request, folder, force: values.force }, world);
  const view = await openView(values, list.inputs.length, world);
  try {
    const summary = await transcribeInputs({
      ...planning,
      clock: systemClock,
      inputs: list.inputs,
      skipped: list.skipped,
      openSink,
      ...(ledger === undefined ? {} : { ledger }),
      concurrency: values.concurrency ?? Number.POSITIVE_INFINITY,
      listener: {
        event: (input, event) => view.event(input.name, event),
        stage: (input, stage, audioMs) => view.stage(input.name, stage, audioMs),
        // One input's failure is the command's own: `main` shows it.
        failed: (input, error) => {
          if (list.several) view.failed(input.name, error);
        },
        skipped: (input, error) => view.skipped(input.name, error),
        passed: (input) => view.passed(input.name),
      },
    });
    view.stop();
    const note = passedNote(summary, list.inputs.length);
    if (note !== undefined) world.console.note(note);
    throwFailures(summary, list);
  } finally {
    view.stop();
    await ledger?.close();
    await recognisers.close();
  }
}

/** Where the audio goes, each place once. */
function placesOf(recognisers: readonly Recogniser[]): ReadonlySet<string> {
  return new Set(recognisers.map(({ provider, context }) => destinationNote(provider, context)));
}

export async function openView(
  values: Settings["values"],
  inputCount: number,
  world: World,
): Promise<JobView> {
  const { console, stderr, environment, now } = world;
  const wanted = !values.quiet && values.logFormat === "text";
  const colored = isColored(stderr.isTerminal, environment, values.color);
  const line = wanted ? await world.startProgress("reading", colored) : undefined;
  return createJobView({ console, inputCount, now, ...(line === undefined ? {} : { line }) });
}

function throwFailures(
  summary: JobsSummary & Partial<TranscriptionSummary>,
  list: InputList,
): void {
  const { failures, stoppedBy, done, skipped, left, doneBefore = 0, elsewhere = 0 } = summary;
  const [first] = failures;
  if (first === undefined) {
    if (done + doneBefore + elsewhere === 0)
      throw usageError("nothing to do: none of the files is audio", "name a recording");
    return;
  }
  if (!list.several) throw first;
  const total = list.inputs.length + list.skipped.length - skipped;
  if (stoppedBy !== undefined) {
    throw new AsrError(stoppedBy.kind, `stopped: ${left} of ${total} inputs are left`, {
      reason: stoppedBy.message,
    });
  }
  const others = left === 0 ? "" : `, ${left} that would fail alike are left`;
  throw new AsrError("several", `${failures.length} of ${total} inputs failed${others}`, {
    hint: "each is named above with its reason",
  });
}
