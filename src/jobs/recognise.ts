/** One job: a recording, a provider and settings become events, from `start` to `done`. */
import { AsrError, ofVendor } from "../errors.ts";
import { inFlow } from "../http/flow.ts";
import type { ProviderContext } from "../providers/contract.ts";
import { createAssembler } from "../transcript/assemble.ts";
import type { JobEvent, RecognitionEvent, StartEvent } from "../transcript/events.ts";
import type { Warning } from "../transcript/transcript.ts";
import { mergeChannels } from "./channels.ts";
import { type Listener, type Listening, partsOf, soundMapOf } from "./cutting.ts";
import { planPhrase } from "./estimating/plan-phrase.ts";
import { planReason } from "./estimating/plan-reason.ts";
import { IncompleteError } from "./incomplete.ts";
import { type Material, type OnAudio, openMaterial } from "./material.ts";
import { joinParts } from "./parts/join.ts";
import type { AudioPart } from "./parts/part.ts";
import { type PartPlace, type PartStore, stored } from "./parts/stored.ts";
import { placed } from "./placing.ts";
import type { PreparedJob } from "./prepare.ts";
import { type PlannedRequest, plannedRequests } from "./requests.ts";
import type { SpoolPlace } from "./spooled.ts";

/** What a job needs of this machine, beside the provider's context. */
export interface Workplace extends Omit<SpoolPlace, "signal"> {
  /** Loads what finds voices. */
  readonly speechModel: Listening["speechModel"];
  /** Told what is done before anything is sent, and how far. */
  readonly onStage: (stage: Stage, audioMs: number) => void;
  /** Waits for this job's turn, once it is ready: nothing was sent before. */
  readonly onReady?: () => Promise<void>;
  /** All of it was answered, and is kept: another job may have its turn. Perhaps more than once. */
  readonly onRecognised?: () => void;
  /** Requests of one job at once, where the user wants fewer than the provider allows. */
  readonly maxRequests?: number;
  /** Knows what was answered before, and keeps what is answered now. */
  readonly answers?: PartStore;
}

/** What takes time before the first request. */
export type Stage = "decoding" | "looking for pauses" | "waiting";

/**
 * Parts on their way at once: each holds buffers, and more of them only queue at the vendor. There
 * the recordings of a run take turns (`FairLine`): a small one does not wait for a large one's parts.
 */
const MAX_PARTS_AT_ONCE = 8;

/**
 * Runs a job. `done` carries the transcript; a failure is thrown, not yielded.
 *
 * @throws AsrError, an `IncompleteError` where some of a split recording was recognised; the
 *   signal's reason where it was aborted.
 */
export async function* recognise(
  prepared: PreparedJob,
  shared: ProviderContext,
  workplace: Workplace,
): AsyncGenerator<JobEvent> {
  const { job } = prepared;
  const { recording, provider } = job;
  const { name, facts } = recording;
  const context = { ...shared, http: inFlow(shared.http, name) };
  const start = startOf(prepared);
  yield start;
  const assembler = createAssembler(start);
  let durationMs = facts.durationMs ?? 0;
  const length: LengthListener = {
    onAudio(audioMs) {
      if (facts.durationMs === undefined) durationMs = Math.max(durationMs, audioMs);
    },
    onDecoded(decodedMs) {
      durationMs = decodedMs;
    },
  };
  let isAnswered = false;
  let isHeard = false;
  try {
    let doneMs = -1;
    for await (const event of eventsOf(prepared, context, workplace, length)) {
      // Progress that says nothing new is nobody's business.
      if (event.type === "progress" && event.audioMs <= doneMs) continue;
      if (event.type === "progress") doneMs = event.audioMs;
      if (event.type === "response") isAnswered = true;
      if (event.type === "final") isHeard = true;
      assembler.add(event);
      yield event;
    }
  } catch (error) {
    if (!(error instanceof AsrError)) throw error;
    const failure = ofVendor(error, provider.id);
    // What was answered is paid for, whether the rest failed or was called off.
    if (!isAnswered || !isHeard) throw failure;
    throw new IncompleteError(failure, assembler.transcript({ durationMs }));
  }
  const sha256 = await job.sha256().catch((error: unknown) => {
    context.signal.throwIfAborted();
    if (error instanceof AsrError) return undefined;
    throw error;
  });
  if (sha256 === undefined) {
    const message = `${name} can't be read any more: its checksum is left out`;
    const gone: RecognitionEvent = { type: "warning", warning: { code: "input-gone", message } };
    assembler.add(gone);
    yield gone;
  }
  const source = sha256 === undefined ? {} : { source: { ...start.source, durationMs, sha256 } };
  yield { type: "done", transcript: assembler.transcript({ durationMs, ...source }) };
}

/** Told how long the audio is, where the header does not say, or not right. */
interface LengthListener {
  readonly onAudio: OnAudio;
  readonly onDecoded: OnAudio;
}

function startOf({ job, resolution }: PreparedJob) {
  const { name, facts } = job.recording;
  const { sampleRate, channels, durationMs } = facts;
  const length = durationMs === undefined ? {} : { durationMs };
  const source = { name, sampleRate, channels, ...length };
  return {
    type: "start",
    provider: job.provider.id,
    model: resolution.model,
    source,
  } as const satisfies StartEvent;
}

async function* eventsOf(
  prepared: PreparedJob,
  context: ProviderContext,
  workplace: Workplace,
  { onAudio, onDecoded }: LengthListener,
): AsyncGenerator<RecognitionEvent> {
  const { job, resolution, plan } = prepared;
  const { recording, settings, wishes } = job;
  const { signal } = context;
  yield* newWarnings([...resolution.warnings, ...plan.warnings]);
  const known = new Set(recording.warnings);
  yield* newWarnings([...known]);
  const material = await openMaterial(prepared, { ...workplace, signal }, (audioMs) =>
    workplace.onStage("decoding", audioMs),
  );
  try {
    const { durationMs } = material.recording.facts;
    if (durationMs !== undefined) onDecoded(durationMs);
    const soundMap = soundMapOf(material, {
      speechModel: workplace.speechModel,
      channels: wishes.channels,
      signal,
      onAudio: (audioMs) => workplace.onStage("looking for pauses", audioMs),
      log: context.log,
    });
    const parts = await partsOf(material, soundMap);
    // What was put into another container goes as it is, and was still made here.
    const shown = plan.kind === "rewrap" && material.plan.kind === "as-is" ? plan : material.plan;
    const phrase = planPhrase({
      facts: recording.facts,
      plan: shown,
      channels: wishes.channels,
      ...(parts === undefined ? {} : { parts }),
    });
    const reason = planReason(shown, job.provider.capabilities);
    const because = reason === undefined ? "" : ` because ${reason}`;
    context.log(`${recording.name}: ${phrase}${because}`);
    await workplace.onReady?.();
    const onAnswered = whenLast(parts?.length ?? 1, () => workplace.onRecognised?.());
    const cut = { ...workplace, material, parts, onAudio, onAnswered };
    const heard = recogniseAll(prepared, context, cut);
    const isPlaced = settings.timesWanted || settings.words;
    const speech = speechOf(material, soundMap, signal);
    yield* isPlaced ? placed(heard, { speech, words: settings.words }) : heard;
  } finally {
    await material.dispose();
  }
  yield* newWarnings(recording.warnings.filter((warning) => !known.has(warning)));
}

function* newWarnings(warnings: readonly Warning[]): Generator<RecognitionEvent> {
  for (const warning of warnings) yield { type: "warning", warning };
}

/**
 * Where somebody speaks; undefined where nobody here can listen: no decoder, a pipe, or a file that
 * has gone since. Text that is paid for is not given up for its times.
 */
function speechOf({ recording }: Material, soundMap: Listener, signal: AbortSignal) {
  const canListen = recording.decoding !== "none" && recording.reopenable;
  return async (channel: number | undefined) => {
    if (!canListen) return undefined;
    try {
      return (await soundMap(channel)).speech;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof AsrError) return undefined;
      throw error;
    }
  };
}

/** Acts at the last of so many calls. */
function whenLast(count: number, act: () => void): () => void {
  let missing = count;
  return () => {
    missing -= 1;
    if (missing === 0) act();
  };
}

interface Cut {
  readonly material: Material;
  readonly parts: readonly AudioPart[] | undefined;
  readonly onAudio: OnAudio;
  readonly maxRequests?: number;
  readonly answers?: PartStore;
  /** A part, or all of it, was answered, and is kept. */
  readonly onAnswered: () => void;
}

function recogniseAll(
  prepared: PreparedJob,
  context: ProviderContext,
  cut: Cut,
): AsyncIterable<RecognitionEvent> {
  const { parts } = cut;
  if (parts === undefined) return recogniseOne(prepared, context, cut);
  const jobs = parts.map((part) => ({
    part,
    events: () => recogniseOne(prepared, context, cut, part),
  }));
  const concurrency = requestsAtOnce(prepared, context, cut);
  return joinParts(jobs, { concurrency, signal: context.signal });
}

function requestsAtOnce({ job }: PreparedJob, { account }: ProviderContext, cut: Cut): number {
  const { maxConcurrency } = job.provider.capabilities.limits;
  const { maxRequests = MAX_PARTS_AT_ONCE } = cut;
  return Math.min(account.maxConcurrency ?? maxConcurrency, maxRequests, MAX_PARTS_AT_ONCE);
}

/** The recording, or one part of it: each channel that goes on its own in a request. */
function recogniseOne(
  prepared: PreparedJob,
  context: ProviderContext,
  cut: Cut,
  part?: AudioPart,
): AsyncIterable<RecognitionEvent> {
  const { provider, settings } = prepared.job;
  const { resolution } = prepared;
  const requests = plannedRequests(cut.material, cut.onAudio, part);
  const onSaved = whenLast(requests.length, cut.onAnswered);
  const ask = ({ audio, channel }: PlannedRequest): AsyncIterable<RecognitionEvent> => {
    const asked = () => provider.recognize({ audio, settings, resolution }, context);
    const place: PartPlace = {
      ...(part === undefined ? {} : { part }),
      ...(channel === undefined ? {} : { channel }),
    };
    return cut.answers === undefined ? asked() : stored(cut.answers, place, asked, onSaved);
  };
  const [only] = requests;
  if (only === undefined) throw new Error("a plan without a request");
  if (only.channel === undefined) return ask(only);
  const channels = requests.map((request) => ({
    channel: request.channel ?? 0,
    events: () => ask(request),
  }));
  const { durationMs } = only.audio;
  return mergeChannels(channels, {
    ...(durationMs === undefined ? {} : { durationMs }),
    concurrency: requestsAtOnce(prepared, context, cut),
    signal: context.signal,
  });
}
