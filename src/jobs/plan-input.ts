/** What would be done with an input: for dry runs. Sends nothing, needs no account. */
import type { AudioFacts } from "../audio/types.ts";
import type { Warning } from "../transcript/transcript.ts";
import { partsOf, soundMapOf } from "./cutting.ts";
import type { Input } from "./inputs/input.ts";
import { openMaterial } from "./material.ts";
import type { AudioPart } from "./parts/part.ts";
import type { AudioPlan } from "./plan.ts";
import { type PlanRequest, withPrepared } from "./prepared-input.ts";

export interface PlannedInput {
  /** Of the input; its length is the decoded one where that had to be found out. */
  readonly facts: AudioFacts;
  readonly plan: AudioPlan;
  /** Where it would be cut; undefined: nowhere. */
  readonly parts?: readonly AudioPart[];
  readonly model: string;
  readonly warnings: readonly Warning[];
}

/** @throws AsrError as a real run would; the signal's reason where it was aborted. */
export function planInput(request: PlanRequest, input: Input): Promise<PlannedInput> {
  return withPrepared(request, input, async (prepared) => {
    const { job, resolution, plan } = prepared;
    const { facts, warnings: found } = job.recording;
    const warnings = [...resolution.warnings, ...plan.warnings, ...found];
    const planned = { facts, plan, model: resolution.model, warnings };
    const isKnown = plan.kind === "convert" ? plan.parts === undefined : plan.kind === "as-is";
    if (isKnown) return planned;
    const { signal } = request.context;
    const material = await openMaterial(prepared, { ...request, signal }, () => {});
    try {
      if (plan.kind === "rewrap" && material.plan.kind === "as-is") {
        const { sizeBytes } = material.recording.facts;
        return { ...planned, plan: { ...plan, ...(sizeBytes === undefined ? {} : { sizeBytes }) } };
      }
      const { speechModel } = request;
      const { channels } = job.wishes;
      const listening = { speechModel, channels, signal, onAudio: () => {} };
      const parts = await partsOf(material, soundMapOf(material.recording, listening));
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
  });
}
