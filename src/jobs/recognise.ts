/** One job: a recording, a provider and settings become events, from `start` to `done`. */
import type { SoundMap } from "../audio/voice/sound-map.ts";
import { AsrError, type ErrorKind, ofProvider } from "../errors.ts";
import type { ProviderContext } from "../providers/contract.ts";
import { createAssembler } from "../transcript/assemble.ts";
import type { JobEvent, RecognitionEvent, StartEvent } from "../transcript/events.ts";
import type { Warning } from "../transcript/transcript.ts";
import { mergeChannels } from "./channels.ts";
import { type Listening, partsOf, soundMapOf } from "./cutting.ts";
import { planPhrase } from "./estimating/plan-phrase.ts";
import { IncompleteError } from "./incomplete.ts";
import { type Material, type OnAudio, openMaterial } from "./material.ts";
import { joinParts } from "./parts/join.ts";
import type { AudioPart } from "./parts/part.ts";
import { placed } from "./placing.ts";
import type { PreparedJob } from "./prepare.ts";
import { plannedRequests } from "./requests.ts";
import type { SpoolPlace } from "./spooled.ts";

/** What a job needs of this machine, beside the provider's context. */
export interface Workplace extends Omit<SpoolPlace, "signal"> {
  /** Loads what finds voices. */
  readonly speechModel: Listening["speechModel"];
  /** Told what is done before anything is sent, and how far. */
  readonly onStage: (stage: Stage, audioMs: number) => void;
}

/** What takes time before the first request. */
export type Stage = "decoding" | "looking for pauses";

/** Failures that are the vendor's, or on the way there. */
const AT_THE_VENDOR: ReadonlySet<ErrorKind> = new Set([
  "credentials",
  "quota",
  "network",
  "recognition",
]);

/** Parts on their way at once: each holds buffers, and more of them only queue at the vendor. */
const MAX_PARTS_AT_ONCE = 8;

/**
 * Runs a job. `done` carries the transcript; a failure is thrown, not yielded.
 *
 * @throws AsrError, an `IncompleteError` where some of a split recording was recognised; the
 *   signal's reason where it was aborted.
 */
export async function* recognise(
  prepared: PreparedJob,
  context: ProviderContext,
  workplace: Workplace,
): AsyncGenerator<JobEvent> {
  const { job } = prepared;
  const { recording, provider } = job;
  const { name, facts } = recording;
  const { sampleRate, channels } = facts;
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
  let isIncomplete = false;
  try {
    let doneMs = -1;
    for await (const event of eventsOf(prepared, context, workplace, length)) {
      // Progress that says nothing new is nobody's business.
      if (event.type === "progress" && event.audioMs <= doneMs) continue;
      if (event.type === "progress") doneMs = event.audioMs;
      if (event.type === "response" && event.part !== undefined) isIncomplete = true;
      assembler.add(event);
      yield event;
    }
  } catch (error) {
    if (!(error instanceof AsrError)) throw error;
    const failure = AT_THE_VENDOR.has(error.kind) ? ofProvider(error, provider.id) : error;
    if (!isIncomplete || context.signal.aborted) throw failure;
    throw new IncompleteError(failure, assembler.transcript({ durationMs }));
  }
  const source = { name, durationMs, sampleRate, channels, sha256: await job.sha256() };
  yield { type: "done", transcript: assembler.transcript({ durationMs, source }) };
}

/** Told how long the audio is, where the header does not say, or not right. */
interface LengthListener {
  readonly onAudio: OnAudio;
  readonly onDecoded: OnAudio;
}

function startOf({ job, resolution }: PreparedJob): StartEvent {
  const { name, facts } = job.recording;
  const { sampleRate, channels, durationMs } = facts;
  const length = durationMs === undefined ? {} : { durationMs };
  const source = { name, sampleRate, channels, ...length };
  return { type: "start", provider: job.provider.id, model: resolution.model, source };
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
    const soundMap = soundMapOf(material.recording, {
      speechModel: workplace.speechModel,
      channels: wishes.channels,
      signal,
      onAudio: (audioMs) => workplace.onStage("looking for pauses", audioMs),
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
    context.log(`${recording.name}: ${phrase}`);
    const heard = recogniseAll(prepared, context, { material, parts, onAudio });
    const isPlaced = settings.timesWanted || settings.words;
    yield* isPlaced ? placed(heard, speechOf(material, soundMap), settings) : heard;
  } finally {
    await material.dispose();
  }
  yield* newWarnings(recording.warnings.filter((warning) => !known.has(warning)));
}

function* newWarnings(warnings: readonly Warning[]): Generator<RecognitionEvent> {
  for (const warning of warnings) yield { type: "warning", warning };
}

/** Where somebody speaks; undefined where nobody here can listen: no decoder, or a pipe. */
function speechOf({ recording }: Material, soundMap: () => Promise<SoundMap>) {
  const canListen = recording.decoding !== "none" && recording.reopenable;
  return async () => (canListen ? (await soundMap()).speech : undefined);
}

interface Cut {
  readonly material: Material;
  readonly parts: readonly AudioPart[] | undefined;
  readonly onAudio: OnAudio;
}

function recogniseAll(
  prepared: PreparedJob,
  context: ProviderContext,
  { material, parts, onAudio }: Cut,
): AsyncIterable<RecognitionEvent> {
  if (parts === undefined) return recogniseOne(prepared, context, material, onAudio);
  const { capabilities } = prepared.job.provider;
  const allowed = context.account.maxConcurrency ?? capabilities.limits.maxConcurrency;
  const jobs = parts.map((part) => ({
    part,
    events: () => recogniseOne(prepared, context, material, onAudio, part),
  }));
  const concurrency = Math.min(allowed, MAX_PARTS_AT_ONCE);
  return joinParts(jobs, { concurrency, signal: context.signal });
}

/** The recording, or one part of it: each channel that goes on its own in a request. */
function recogniseOne(
  { job, resolution }: PreparedJob,
  context: ProviderContext,
  material: Material,
  onAudio: OnAudio,
  part?: AudioPart,
): AsyncIterable<RecognitionEvent> {
  const { provider, settings } = job;
  const requests = plannedRequests(material, onAudio, part);
  const [only] = requests;
  if (only === undefined) throw new Error("a plan without a request");
  if (only.channel === undefined) {
    return provider.recognize({ audio: only.audio, settings, resolution }, context);
  }
  const channels = requests.map(({ audio, channel = 0 }) => ({
    channel,
    events: () => provider.recognize({ audio, settings, resolution }, context),
  }));
  return mergeChannels(channels, only.audio.durationMs);
}
