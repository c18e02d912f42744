/** What `asr stream` does, loaded once it is clear that something is to be done. */
import { setImmediate } from "node:timers/promises";
import { convert } from "../../audio/convert.ts";
import { bytesPerSample } from "../../audio/encoding.ts";
import { paced } from "../../audio/paced.ts";
import { untilEnding } from "../../audio/until-ending.ts";
import { AsrError, asAsrError, usageError } from "../../errors.ts";
import { formatNamed } from "../../formats/table.ts";
import { IncompleteError, keptIn } from "../../jobs/incomplete.ts";
import { withWarnings } from "../../jobs/late-warnings.ts";
import { type Network, pause, systemClock } from "../../jobs/network.ts";
import { openLiveSink } from "../../jobs/outputs/live-destinations.ts";
import type { ResultSink } from "../../jobs/outputs/results.ts";
import { pcmShapeOf } from "../../jobs/planning/conversion.ts";
import { checkSettings } from "../../jobs/prepare.ts";
import { liveSpeechModelFor } from "../../jobs/speech-model.ts";
import { CutLog, cutPlanOf } from "../../live/cuts.ts";
import type { LiveJob } from "../../live/live-job.ts";
import { recogniseLive } from "../../live/recognise-live.ts";
import type { Provider, ProviderContext, RecognitionSettings } from "../../providers/contract.ts";
import { loadProvider } from "../../providers/registry.ts";
import type { Settings } from "../../settings/load.ts";
import { createLiveLine } from "../../terminal/live-line.ts";
import { createLiveView, type LiveView } from "../../terminal/live-view.ts";
import { isColored, loadPaint } from "../../terminal/paint.ts";
import { createAssembler } from "../../transcript/assemble.ts";
import type { JobEvent } from "../../transcript/events.ts";
import { millisecondsOf } from "../../transcript/time.ts";
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

/** CLI.md, "Exit codes": so long the last words are waited for. */
const LAST_WORDS_MS = 10_000;

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
  const parameters = parametersOf(provider, settings, world);
  const recognition: RecognitionSettings = {
    ...recognitionSettings(values, { hotwords, formats, ...parameters, provider, live: true }),
    // What is told apart in one utterance has another name in the next.
    speakers: false,
  };
  if (values.channels === "all") {
    throw usageError(
      "stream recognises one channel",
      "use --channels mix or first; asr transcribe takes each channel on its own",
    );
  }
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
      const { name } = input;
      const heard = listen(opened, {
        name,
        provider,
        recognition,
        settings,
        ending,
        view,
        context,
        cuts,
      });
      const warnings = () =>
        opened.recording.warnings.filter(
          ({ code }) => !ending.aborted || code !== "audio-cut-short",
        );
      const events = convertingEvents(withWarnings(heard, warnings), conversion);
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

interface Listening {
  /** Of the input: "-" for stdin. */
  readonly name: string;
  readonly provider: Provider;
  readonly recognition: RecognitionSettings;
  readonly settings: Settings;
  readonly ending: AbortSignal;
  readonly view: LiveView;
  readonly context: ProviderContext;
  readonly cuts: Pick<LiveJob, "cutLog" | "cutPlan">;
}

/** A recording keeps where the audio is cut; a replay cuts there. */
function cutsOf({ recorder, cassette }: Network): Listening["cuts"] {
  if (cassette?.liveNote !== undefined) return { cutPlan: cutPlanOf(cassette.liveNote) };
  if (recorder === undefined) return {};
  const cutLog = new CutLog();
  recorder.noteLive(() => cutLog.note());
  return { cutLog };
}

/** The events of the input, from its first sample to its last word. */
async function* listen(
  { recording, graceMs, kind }: OpenedInput,
  { name, provider, recognition, settings, ending, view, context, cuts }: Listening,
): AsyncGenerator<JobEvent> {
  const { channels, strict, pace, maxSeconds, stopAfterSilence } = settings.values;
  const { facts } = recording;
  const resolution = checkSettings({ provider, settings: recognition, strict }, facts);
  const { accepts } = provider.capabilities;
  const { encoding, sampleRate } = pcmShapeOf({ facts, accepts, resolution });
  const target = {
    encoding,
    sampleRate,
    channels: channels === "first" ? channels : "mix",
  } as const;
  const frameBytes = bytesPerSample(encoding);
  const bytesPerMs = (sampleRate * frameBytes) / 1000;
  const gate = createLagGate(() => performance.now(), view.lag);
  const isAtItsPace = kind === "microphone" || pace === "real";
  // Of a recording that is read as fast as it goes nothing is late.
  const lagOfInput = kind === "file" ? () => {} : gate.lag;
  const onLag = isAtItsPace ? view.lag : lagOfInput;
  const audio = untilEnding(
    (signal) => {
      const samples = convert(recording, target, signal);
      if (pace === "fast") return counted(samples, bytesPerMs, gate.came);
      const { clock } = context;
      const sleep = (ms: number) => pause(clock, ms, signal);
      return paced(samples, { sampleRate, frameBytes, clock: { now: clock.now, sleep }, signal });
    },
    { ending, graceMs, sleep: systemClock.sleep, signal: context.signal },
  );
  const job: LiveJob = {
    name,
    provider,
    settings: recognition,
    resolution,
    audio: audio.chunks,
    sampleRate,
    encoding,
    speechModel: liveSpeechModelFor(provider, resolution, context.log),
    ending: audio.ended,
    lastWordsMs: LAST_WORDS_MS,
    ...(maxSeconds === undefined ? {} : { maxMs: millisecondsOf(maxSeconds) }),
    ...(stopAfterSilence === undefined
      ? {}
      : { stopAfterSilenceMs: millisecondsOf(stopAfterSilence) }),
    onLag,
    ...cuts,
  };
  try {
    yield* recogniseLive(job, context);
  } finally {
    audio.close();
  }
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
