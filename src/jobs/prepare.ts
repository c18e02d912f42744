/** A job before anything is sent or paid: what can be settled is settled. */
import type { AudioFacts, Container, Recording } from "../audio/types.ts";
import { usageError } from "../errors.ts";
import type { Provider, RecognitionSettings, Resolution } from "../providers/contract.ts";
import { type AudioPlan, type PlanWishes, planAudio } from "./plan.ts";

export interface RecognitionJob {
  readonly recording: Recording;
  /** Of the input's bytes; asked for once they have been read. */
  sha256(): Promise<string>;
  readonly provider: Provider;
  readonly settings: RecognitionSettings;
  readonly wishes: PlanWishes;
  /** What the provider lacks is an error and not a warning. */
  readonly strict: boolean;
}

/** How a job will be done. */
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
  const plan = planAudio(recording, provider.capabilities, resolution, job.wishes);
  return { job, resolution, plan };
}

/** Their index may be at the end: without it nobody knows what lies before. */
const INDEXED: ReadonlySet<Container> = new Set(["mp4", "m4a", "other"]);

/**
 * Whether a pipe must be spooled first: its audio is read more than once or not in order, or goes to
 * a vendor who must be told its length, and again after a failure.
 */
export function needsSpool({ job, plan }: PreparedJob): boolean {
  const { recording, provider, wishes } = job;
  if (recording.reopenable) return false;
  if (provider.capabilities.remote || INDEXED.has(recording.facts.container)) return true;
  // How long it is only its end will tell.
  const mayBeCut = wishes.skipSilence || typeof wishes.split === "number";
  return mayBeCut || (plan.kind === "convert" && plan.requests.length > 1);
}
