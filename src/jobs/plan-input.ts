/** What would be done with an input: for dry runs. Sends nothing, needs no account. */
import { framesToMs } from "../audio/encoding.ts";
import type { AudioFacts, Recording } from "../audio/types.ts";
import type { Warning } from "../transcript/transcript.ts";
import { partsOf, soundMapOf } from "./cutting.ts";
import type { Input } from "./inputs/input.ts";
import { type OnAudio, openMaterial } from "./material.ts";
import type { AudioPart } from "./parts/part.ts";
import type { AudioPlan } from "./plan.ts";
import type { PreparedJob } from "./prepare.ts";
import { type PlanRequest, withPrepared } from "./prepared-input.ts";
import type { Stage } from "./recognise.ts";

export interface PlannedInput {
  /** Of the input; its length is the decoded one where that had to be found out. */
  readonly facts: AudioFacts;
  readonly plan: AudioPlan;
  /** Where it would be cut; undefined: nowhere. */
  readonly parts?: readonly AudioPart[];
  readonly model: string;
  readonly warnings: readonly Warning[];
}

/** Told what is done to find out, how far, and of how much where that is known; in milliseconds. */
export type OnPlanning = (stage: Stage, audioMs: number, totalMs: number | undefined) => void;

/** @throws AsrError as a real run would; the signal's reason where it was aborted. */
export function planInput(
  request: PlanRequest,
  input: Input,
  onPlanning: OnPlanning = () => {},
): Promise<PlannedInput> {
  return withPrepared(request, input, async (prepared) => {
    const { recording } = prepared.job;
    const { facts } = recording;
    const onStage = (stage: Stage) => (audioMs: number) =>
      onPlanning(stage, audioMs, facts.durationMs);
    const known = [...recording.warnings];
    const planned = await planPrepared(prepared, request, onStage);
    const counted =
      planned.facts.durationMs === undefined && recording.decoding !== "none"
        ? await lengthOf(recording, request.signal, onStage("decoding"))
        : {};
    // A pass over all of it may have found more to say.
    const late = recording.warnings.filter((warning) => !known.includes(warning));
    return {
      ...planned,
      facts: { ...planned.facts, ...counted },
      warnings: [...planned.warnings, ...late],
    };
  });
}

async function planPrepared(
  prepared: PreparedJob,
  request: PlanRequest,
  onStage: (stage: Stage) => OnAudio,
): Promise<PlannedInput> {
  const { job, resolution, plan } = prepared;
  const { facts, warnings: found } = job.recording;
  const warnings = [...resolution.warnings, ...plan.warnings, ...found];
  const planned = { facts, plan, model: resolution.model, warnings };
  // How it is cut is planned anew where only decoding tells how long it is.
  const isWhole = plan.kind === "convert" && plan.parts === undefined;
  const isKnown = plan.kind === "as-is" || (isWhole && facts.durationMs !== undefined);
  if (isKnown) return planned;
  const { signal } = request;
  const material = await openMaterial(prepared, request, onStage("decoding"));
  try {
    if (plan.kind === "rewrap" && material.plan.kind === "as-is") {
      const { sizeBytes } = material.recording.facts;
      return { ...planned, plan: { ...plan, ...(sizeBytes === undefined ? {} : { sizeBytes }) } };
    }
    const { speechModel } = request;
    const { channels } = job.wishes;
    const onAudio = onStage("looking for pauses");
    const listening = { speechModel, channels, signal, onAudio, log: () => {} };
    const parts = await partsOf(material, soundMapOf(material, listening));
    const { durationMs } = material.recording.facts;
    return {
      ...planned,
      plan: material.plan,
      facts: durationMs === undefined ? facts : { ...facts, durationMs },
      ...(parts === undefined ? {} : { parts }),
    };
  } finally {
    await material.dispose();
  }
}

/** How long a recording is whose header does not say so: all of it is decoded, and let go. */
async function lengthOf(
  recording: Recording,
  signal: AbortSignal,
  onAudio: OnAudio,
): Promise<Required<Pick<AudioFacts, "durationMs" | "frameCount">>> {
  const { sampleRate } = recording.facts;
  let frameCount = 0;
  for await (const { channelData } of recording.blocks(signal)) {
    frameCount += channelData[0]?.length ?? 0;
    onAudio(framesToMs(frameCount, sampleRate));
  }
  return { durationMs: framesToMs(frameCount, sampleRate), frameCount };
}
