/** What `asr transcribe` does, loaded once it is clear that something is to be done. */
import { formatNamed } from "../formats/table.ts";
import type { InputList } from "../jobs/inputs/inputs.ts";
import { systemClock } from "../jobs/network.ts";
import { openDestinations } from "../jobs/outputs/destinations.ts";
import { draftNames } from "../jobs/outputs/draft-name.ts";
import type { PlanRequest } from "../jobs/prepared-input.ts";
import { soundingSinks } from "../jobs/sound/sinks.ts";
import {
  type JobsSummary,
  type TranscriptionSummary,
  transcribeInputs,
} from "../jobs/transcribe.ts";
import type { Settings } from "../settings/load.ts";
import { chineseConversion, convertingSinks } from "./chinese.ts";
import { announcePlaces } from "./context.ts";
import { openOutputLedger, refuseResumeFlag } from "./output-ledger.ts";
import { planningFor } from "./planning.ts";
import { openSubmission, queueFor, type Submission } from "./queue/submission.ts";
import { recognisersOf } from "./recognisers.ts";
import { formatsOf, hotwordsOf, isReport, KNOWN_EXTENSIONS } from "./recognition-settings.ts";
import { pipesForReports, reportSound } from "./report-sound.ts";
import { throwFailures } from "./run-failures.ts";
import { openRunView } from "./run-view.ts";
import { shellWord } from "./shell-word.ts";
import { cueSettingsOf, resultVariant, subtitleWarner, withOptions } from "./subtitle-settings.ts";
import { inputsOf, refuseReportFlag } from "./transcription-settings.ts";
import type { World } from "./world.ts";

export async function runTranscription(
  operands: readonly string[],
  settings: Settings,
  world: World,
): Promise<void> {
  const { values } = settings;
  refuseReportFlag(settings);
  const list = await inputsOf(operands, values, world);
  const { summary, hasLedger } = await transcribeList(list, settings, world);
  throwFailures(summary, {
    list,
    reported: values.logFormat === "json" && !values.dryRun,
    ...(!hasLedger || values.output === undefined
      ? {}
      : { ledgerFolder: shellWord(values.output, world.platform) }),
  });
}

export interface ListOutcome {
  readonly summary: JobsSummary & Partial<TranscriptionSummary>;
  /** Whether a ledger was told of it. */
  readonly hasLedger: boolean;
}

/**
 * Transcribes inputs as the settings say, or says what that would come to.
 *
 * @throws AsrError for what keeps all of them from being begun; the signal's reason.
 */
export async function transcribeList(
  list: InputList,
  settings: Settings,
  world: World,
): Promise<ListOutcome> {
  const { values } = settings;
  const formats = formatsOf(settings, world).map(formatNamed);
  const hotwords = await hotwordsOf(values, list.inputs, world);
  const subtitles = cueSettingsOf(settings, hotwords);
  const warn = subtitleWarner(world);
  const writers = formats.map((format) => ({
    ...withOptions(format, { ...subtitles, karaoke: values.karaoke, warn }),
    variant: resultVariant(format.name, values, subtitles),
  }));
  const recognisers = await recognisersOf(list.inputs, { hotwords, formats }, settings, world);
  const run = Buffer.from(world.randomBytes(4)).toString("hex");
  const destinations = await openDestinations({
    ...list,
    formats: writers,
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
  const { folder } = destinations;
  refuseResumeFlag(settings, folder !== undefined);
  recognisers.check(values.strict);
  const queue = queueFor(settings, folder, world);
  const planned = await planningFor(recognisers, settings, world);
  const pipes = formats.some(isReport) ? pipesForReports() : undefined;
  const planning: PlanRequest =
    pipes === undefined
      ? planned
      : {
          ...planned,
          openSource: async (input) => pipes.keep(input, await planned.openSource(input)),
        };
  const converting = convertingSinks(destinations.openSink, await chineseConversion(values));
  const openSink =
    pipes === undefined
      ? converting
      : soundingSinks(
          converting,
          reportSound({ ...planning, ...pipes, files: destinations.files }, settings, world),
        );
  if (values.dryRun) {
    const { runDryRun } = await import("./dry-run/run.ts");
    const survey = { ...planning, ...list };
    const summary = await runDryRun(survey, settings, world).finally(recognisers.close);
    return { summary, hasLedger: false };
  }
  // Credentials and models are the workers', and so are the places that the audio goes to.
  if (queue === undefined) {
    announcePlaces(recognisers.all, settings, world);
    await recognisers.prepare();
  }
  const request = { run, planning, inputs: list.inputs, recognisers: recognisers.all };
  const ledger =
    folder === undefined || !values.resume
      ? undefined
      : await openOutputLedger({ ...request, folder, settings }, world);
  let submission: Submission | undefined;
  try {
    if (queue !== undefined && folder !== undefined) {
      const isAnew = values.force || ledger === undefined;
      const place = { folder: folder.path, run: isAnew ? run : undefined };
      submission = await openSubmission(queue, place, settings, world);
    }
    const view = await openRunView({ list, destinations }, settings, world);
    const summary = await transcribeInputs({
      ...planning,
      clock: systemClock,
      inputs: list.inputs,
      skipped: list.skipped,
      openSink,
      ...(submission === undefined ? {} : { delegate: submission.delegate }),
      ...(ledger === undefined ? {} : { ledger }),
      concurrency: values.concurrency ?? Number.POSITIVE_INFINITY,
      listener: view,
    }).finally(view.end);
    return { summary, hasLedger: ledger !== undefined };
  } finally {
    await submission?.close();
    await ledger?.close();
    await recognisers.close();
  }
}
