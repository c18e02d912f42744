/** What `asr stream` does, loaded once it is clear that something is to be done. */
import { setImmediate } from "node:timers/promises";
import { paced } from "../../audio/paced.ts";
import { AsrError, asAsrError } from "../../errors.ts";
import { formatNamed } from "../../formats/table.ts";
import { IncompleteError, keptIn } from "../../jobs/incomplete.ts";
import { type Network, pause } from "../../jobs/network.ts";
import { openLiveSink } from "../../jobs/outputs/live-destinations.ts";
import type { ResultSink } from "../../jobs/outputs/results.ts";
import { checkSettings } from "../../jobs/prepare.ts";
import { liveSpeechModelFor } from "../../jobs/speech-model.ts";
import { type LiveRequest, listen, liveSettings } from "../../library/listen.ts";
import { CutLog, cutPlanOf } from "../../live/cuts.ts";
import type { LiveJob } from "../../live/live-job.ts";
import type { ProviderContext } from "../../providers/contract.ts";
import { loadProvider } from "../../providers/registry.ts";
import type { Settings } from "../../settings/load.ts";
import { createLiveLine } from "../../terminal/live-line.ts";
import { createLiveView, type LiveView } from "../../terminal/live-view.ts";
import { isColored, loadPaint } from "../../terminal/paint.ts";
import { createAssembler } from "../../transcript/assemble.ts";
import type { JobEvent } from "../../transcript/events.ts";
import type { Transcript } from "../../transcript/transcript.ts";
import { chineseConversion, convertingEvents } from "../chinese.ts";
import { announcePlaces, providerContext } from "../context.ts";
import {
  formatsOf,
  hotwordsOf,
  KNOWN_EXTENSIONS,
  parametersOf,
  recognitionSettings,
} from "../recognition-settings.ts";
import { runNetwork } from "../run-network.ts";
import { cueSettingsOf, withOptions } from "../subtitle-settings.ts";
import type { World } from "../world.ts";
import { type OpenedInput, openStreamInput, streamInputOf } from "./input.ts";
import { counted, createLagGate } from "./lag.ts";

export async function runStreaming(
  operand: string | undefined,
  settings: Settings,
  world: World,
): Promise<void> {
  const { values } = settings;
  const streamInput = await streamInputOf(operand, settings, world);
  const { input } = streamInput;
  const readsStdin = input.path === undefined && streamInput.microphone === undefined;
  const formats = formatsOf(settings, world).map(formatNamed);
  const hotwords = await hotwordsOf(values, readsStdin ? [input] : [], world);
  const subtitles = { ...cueSettingsOf(settings, hotwords), karaoke: values.karaoke, live: true };
  const provider = await loadProvider(values.provider);
  const parameters = parametersOf(provider, settings, world.console.warning);
  const recognition = liveSettings(
    recognitionSettings(values, { hotwords, formats, ...parameters, provider }),
    values,
  );
  const run = { command: "stream", providers: [provider.id] } as const;
  const network = await runNetwork(run, settings, world);
  const context = providerContext(provider, settings, world, network);
  const { signal, onExit } = world;
  const cuts = cutsOf(network);
  const sink = await openLiveSink(
    {
      input,
      formats: formats.map((format) => withOptions(format, subtitles)),
      screenFormat: formatNamed("txt"),
      knownExtensions: KNOWN_EXTENSIONS,
      ...(values.output === undefined ? {} : { output: values.output }),
      workingFolder: world.workingFolder,
      force: values.force,
      writeToStream: screenWriter(world),
      uniqueName: () => Buffer.from(world.randomBytes(4)).toString("hex"),
    },
    { signal, clock: context.clock, onExit },
  );
  const { strict } = values;
  checkSettings({ provider, settings: recognition, strict });
  const conversion = await chineseConversion(values);
  announcePlaces([{ provider, context }], settings, world);
  const view = await openView(values, world);
  const forgetSuspension = world.onSuspend(view.hide, view.show);
  try {
    await provider.prepare(recognition, context);
    const ending = world.ending();
    const opened = await openStreamInput(streamInput, settings, ending, world).catch(
      async (error) => {
        await signalsTurn();
        // Told to end before anything was said.
        if (ending.aborted && !signal.aborted) return undefined;
        throw error;
      },
    );
    if (opened === undefined) return;
    try {
      const heard = listen(
        {
          name: input.name,
          provider,
          settings: recognition,
          values,
          recording: opened.recording,
          graceMs: opened.graceMs,
          ending,
          speechModelFor: (resolution) => liveSpeechModelFor(provider, resolution, context.log),
          ...paceOf(opened, values, view, context),
          ...cuts,
        },
        context,
      );
      const events = convertingEvents(heard, conversion);
      await deliver(events, { sink, view, signal });
    } finally {
      await opened.close();
    }
  } finally {
    forgetSuspension();
    view.stop();
    await context.http.close();
  }
}

/** The recorder of a pipe dies of the same Ctrl-C: its end may be seen before the signal. */
async function signalsTurn(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await setImmediate();
}

/** A recording keeps where the audio is cut; a replay cuts there. */
function cutsOf({ recorder, cassette }: Network): Pick<LiveJob, "cutLog" | "cutPlan"> {
  if (cassette?.liveNote !== undefined) return { cutPlan: cutPlanOf(cassette.liveNote) };
  if (recorder === undefined) return {};
  const cutLog = new CutLog();
  recorder.noteLive(() => cutLog.note());
  return { cutLog };
}

/** How the input comes, and how late what is made of it is. */
function paceOf(
  { kind }: OpenedInput,
  { pace }: Settings["values"],
  view: LiveView,
  { clock }: ProviderContext,
): Pick<LiveRequest, "passing" | "onLag"> {
  const gate = createLagGate(() => performance.now(), view.lag);
  const isAtItsPace = kind === "microphone" || pace === "real";
  // Of a recording that is read as fast as it goes nothing is late.
  const lagOfInput = kind === "file" ? () => {} : gate.lag;
  return {
    onLag: isAtItsPace ? view.lag : lagOfInput,
    passing({ chunks, sampleRate, frameBytes, signal }) {
      if (pace === "fast") return counted(chunks, (sampleRate * frameBytes) / 1000, gate.came);
      const sleep = (ms: number) => pause(clock, ms, signal);
      return paced(chunks, { sampleRate, frameBytes, clock: { now: clock.now, sleep }, signal });
    },
  };
}

interface Delivery {
  readonly sink: ResultSink;
  readonly view: LiveView;
  readonly signal: AbortSignal;
}

/**
 * Brings events to the screen and into files. What was recognised before a failure is kept.
 *
 * @throws AsrError; the signal's reason where it was aborted.
 */
async function deliver(
  events: AsyncIterable<JobEvent>,
  { sink, view, signal }: Delivery,
): Promise<void> {
  let assembler = createAssembler({ provider: "" });
  let durationMs = 0;
  try {
    for await (const event of events) {
      if (event.type === "start") assembler = createAssembler(event);
      else if (event.type === "error") throw event.error;
      else if (event.type !== "done") assembler.add(event);
      if (event.type === "final") durationMs = Math.max(durationMs, event.segment.endMs);
      await sink.write(event);
      view.event(event);
    }
    await sink.commit();
  } catch (thrown) {
    const error = asAsrError(signal.aborted ? signal.reason : thrown);
    throw await endedBy(error, assembler.transcript({ durationMs }), sink);
  }
}

/** @returns the error to report: it says where the words are that came before it. */
async function endedBy(
  error: AsrError,
  transcript: Transcript,
  sink: ResultSink,
): Promise<AsrError> {
  try {
    if (error.kind !== "output") await sink.write({ type: "error", error, transcript });
    const files = await sink.keep();
    return keptIn(new IncompleteError(error, transcript), files);
  } catch {
    // The first error is the one to report.
    return error;
  }
}

/** Writes to stdout until its reader goes away; the world then tells the input to end. */
function screenWriter({ console, stdout }: World): (text: string) => Promise<void> {
  let isClosed = false;
  return async (text) => {
    if (isClosed) return;
    console.makeRoom();
    try {
      await stdout.write(text);
    } catch (error) {
      if (!(error instanceof AsrError) || error.kind !== "interrupted") throw error;
      isClosed = true;
    }
  };
}

async function openView(values: Settings["values"], world: World): Promise<LiveView> {
  const { console, stderr, environment } = world;
  const isDrawn =
    !values.quiet &&
    values.logFormat === "text" &&
    stderr.columns > 0 &&
    environment.TERM !== "dumb";
  if (!isDrawn) return createLiveView({ console });
  const paint = await loadPaint(isColored(stderr.isTerminal, environment, values.color));
  const terminal = {
    get columns() {
      return stderr.columns;
    },
    write: (text: string) => void stderr.write(text).catch(() => {}),
  };
  return createLiveView({ console, line: createLiveLine(terminal, paint.faint) });
}
