/** What is told of a run while it goes on, and at its end. */
import path from "node:path";
import type { Input } from "../jobs/inputs/input.ts";
import type { InputList } from "../jobs/inputs/inputs.ts";
import type { Destinations } from "../jobs/outputs/destination.ts";
import type { JobListener } from "../jobs/transcribe.ts";
import type { Settings } from "../settings/load.ts";
import { createBatchView } from "../terminal/batch-view.ts";
import { createJobLog } from "../terminal/job-log.ts";
import { createJobView } from "../terminal/job-view.ts";
import { isColored } from "../terminal/paint.ts";
import { type NamedInput, RunTally } from "../terminal/run-tally.ts";
import type { JobView } from "../terminal/view.ts";
import { priceOf } from "./prices.ts";
import { passedNote, summaryFacts, summaryText } from "./run-summary.ts";
import type { World } from "./world.ts";

export interface RunViewRequest {
  readonly list: InputList;
  /** Undefined where the results go into a report. */
  readonly destinations?: Destinations;
}

export interface RunView extends JobListener {
  /** Takes the progress away, and says what there is to say at the end. */
  end(): void;
}

export async function openRunView(
  { list, destinations }: RunViewRequest,
  settings: Settings,
  world: World,
): Promise<RunView> {
  const { console, now } = world;
  const tally = new RunTally({
    total: list.inputs.length + list.skipped.length,
    now,
    priceOf: (provider) => priceOf(provider, settings),
    isBilled: settings.values.replay === undefined,
  });
  const isLog = settings.values.logFormat === "json";
  const view = isLog
    ? createJobLog({ console, now, outputsOf: outputsOf(list, destinations, settings, world) })
    : await shownView(list, tally, settings, world);
  return {
    event(input, event) {
      tally.event(input, event);
      view.event(input, event);
    },
    stage(input, stage, audioMs) {
      tally.stage(input, stage, audioMs);
      view.stage(input, stage, audioMs);
    },
    done(input, transcript) {
      tally.finish(input, transcript);
      view.done(input, transcript);
    },
    failed(input, error) {
      tally.fail(input);
      view.failed(input, error);
    },
    skipped(input, error) {
      tally.skip(input);
      view.skipped(input, error);
    },
    passed(input, because) {
      tally.pass(because);
      view.passed(input, because);
    },
    end() {
      view.stop();
      if (isLog) return console.report("summary", summaryFacts(tally));
      // Whoever reads the results themselves needs no account of them.
      if (destinations?.folder === undefined) return;
      const note = list.several ? summaryText(tally, world.signal.aborted) : passedNote(tally);
      if (note !== undefined) console.note(note);
    },
  };
}

async function shownView(
  { several }: InputList,
  tally: RunTally,
  { values }: Settings,
  { console, stderr, environment, now, startProgress }: World,
): Promise<JobView> {
  const colored = isColored(stderr.isTerminal, environment, values.color);
  const line = values.quiet ? undefined : await startProgress("reading", colored);
  const options = { console, ...(line === undefined ? {} : { line }) };
  return several ? createBatchView({ ...options, tally }) : createJobView({ ...options, now });
}

/** The files of an input's results, named from where `-o` is. */
function outputsOf(
  { inputs }: InputList,
  destinations: Destinations | undefined,
  { values: { output } }: Settings,
  { workingFolder }: World,
): (input: NamedInput) => string[] {
  const files = destinations?.files;
  if (files === undefined || output === undefined) return () => [];
  const positions = new Map<NamedInput, number>(
    inputs.map((input: Input, index) => [input, index]),
  );
  const target = path.resolve(workingFolder, output);
  return (input) =>
    (files[positions.get(input) ?? -1] ?? []).map((file) =>
      path.join(output, path.relative(target, file.path)),
    );
}
