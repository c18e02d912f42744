/** One job: a recording, a provider and settings become events, from `start` to `done`. */
import type { AudioFacts, Recording } from "../audio/types.ts";
import { AsrError, type ErrorKind, ofProvider, usageError } from "../errors.ts";
import type {
  Provider,
  ProviderContext,
  RecognitionSettings,
  Resolution,
} from "../providers/contract.ts";
import { createAssembler } from "../transcript/assemble.ts";
import type { JobEvent, RecognitionEvent, StartEvent } from "../transcript/events.ts";
import type { Warning } from "../transcript/transcript.ts";
import { mergeChannels } from "./channels.ts";
import { type AudioPlan, type ChannelMode, planAudio } from "./plan.ts";
import { type PlannedRequest, plannedRequests } from "./requests.ts";

export interface RecognitionJob {
  readonly recording: Recording;
  /** Of the input's bytes; asked for once they have been read. */
  sha256(): Promise<string>;
  readonly provider: Provider;
  readonly settings: RecognitionSettings;
  readonly channels: ChannelMode;
  /** What the provider lacks is an error and not a warning. */
  readonly strict: boolean;
}

/** Failures that are the vendor's, or on the way there. */
const AT_THE_VENDOR: ReadonlySet<ErrorKind> = new Set([
  "credentials",
  "quota",
  "network",
  "recognition",
]);

/** How a job will be done, settled before anything is sent or paid. */
export interface PreparedJob {
  readonly job: RecognitionJob;
  readonly resolution: Resolution;
  readonly plan: AudioPlan;
}

/**
 * Settles what can be settled without audio, so that nothing is opened for settings that can't be.
 *
 * @throws AsrError kind "usage": a language, model or parameter that the provider lacks; with
 *   `strict` a feature too.
 */
export function checkSettings(
  { provider, settings, strict }: Pick<RecognitionJob, "provider" | "settings" | "strict">,
  facts?: AudioFacts,
): Resolution {
  const resolution = provider.resolve(settings, facts);
  const [lacking] = resolution.warnings;
  if (strict && lacking !== undefined) {
    throw usageError(lacking.message, "leave the option out, or take away --strict");
  }
  return resolution;
}

/** @throws AsrError kind "usage" or "audio": settings or audio that the provider can't take. */
export function prepareJob(job: RecognitionJob): PreparedJob {
  const { provider, recording } = job;
  const resolution = checkSettings(job, recording.facts);
  const plan = planAudio(recording, provider.capabilities, resolution, job.channels);
  return { job, resolution, plan };
}

/**
 * Whether a pipe must be spooled first: its audio is read more than once, or goes to a vendor who
 * must be told its length, and again after a failure.
 */
export function needsSpool({ job, plan }: PreparedJob): boolean {
  if (job.recording.reopenable) return false;
  return job.provider.capabilities.remote || (plan.kind === "convert" && plan.requests.length > 1);
}

/**
 * Runs a job. `done` carries the transcript; a failure is thrown, not yielded.
 *
 * @throws AsrError; the signal's reason where it was aborted.
 */
export async function* recognise(
  prepared: PreparedJob,
  context: ProviderContext,
): AsyncGenerator<JobEvent> {
  const { job, resolution, plan } = prepared;
  const { recording, provider } = job;
  const { name, facts } = recording;
  const start: StartEvent = {
    type: "start",
    provider: provider.id,
    model: resolution.model,
    source: {
      name,
      sampleRate: facts.sampleRate,
      channels: facts.channels,
      ...(facts.durationMs === undefined ? {} : { durationMs: facts.durationMs }),
    },
  };
  yield start;
  const assembler = createAssembler(start);
  let heardMs = 0;
  const requests = plannedRequests(recording, plan, (audioMs) => {
    heardMs = Math.max(heardMs, audioMs);
  });
  const warned = new Set<Warning>();
  function* warnings(list: readonly Warning[]): Generator<RecognitionEvent> {
    for (const warning of list) {
      if (warned.has(warning)) continue;
      warned.add(warning);
      yield { type: "warning", warning };
    }
  }
  async function* events(): AsyncGenerator<RecognitionEvent> {
    yield* warnings(resolution.warnings);
    yield* recogniseAll(requests, prepared, context);
    yield* warnings(recording.warnings);
  }
  try {
    let doneMs = -1;
    for await (const event of events()) {
      // Progress that says nothing new is nobody's business.
      if (event.type === "progress" && event.audioMs <= doneMs) continue;
      if (event.type === "progress") doneMs = event.audioMs;
      assembler.add(event);
      yield event;
    }
  } catch (error) {
    throw error instanceof AsrError && AT_THE_VENDOR.has(error.kind)
      ? ofProvider(error, provider.id)
      : error;
  }
  const durationMs = facts.durationMs ?? heardMs;
  const { sampleRate, channels } = facts;
  const source = { name, durationMs, sampleRate, channels, sha256: await job.sha256() };
  yield { type: "done", transcript: assembler.transcript({ durationMs, source }) };
}

function recogniseAll(
  requests: readonly PlannedRequest[],
  { job, resolution }: PreparedJob,
  context: ProviderContext,
): AsyncIterable<RecognitionEvent> {
  const { provider, settings, recording } = job;
  const [only] = requests;
  if (only?.channel === undefined) {
    const audio = only?.audio;
    if (audio === undefined) throw new Error("a plan without a request");
    return provider.recognize({ audio, settings, resolution }, context);
  }
  const channels = requests.map(({ audio, channel = 0 }) => ({
    channel,
    events: () => provider.recognize({ audio, settings, resolution }, context),
  }));
  return mergeChannels(channels, recording.facts.durationMs);
}
