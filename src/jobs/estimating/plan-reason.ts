/** Why a recording is cut, in a few words. Pure. */
import { bytesPerSample } from "../../audio/encoding.ts";
import type { Capabilities } from "../../providers/contract.ts";
import type { AudioPlan } from "../plan.ts";

const MEGABYTE = 1_000_000;

/**
 * What follows "because" in a note on the plan: "a request may have 60 s at most", "parts of 20 s at
 * most are wished for"; undefined where nothing is cut.
 */
export function planReason(
  plan: AudioPlan,
  { limits }: Pick<Capabilities, "limits">,
): string | undefined {
  if (plan.kind !== "convert" || plan.parts === undefined) return undefined;
  const { maxMs, skipSilence } = plan.parts;
  const { maxDurationMs, maxBytes, recommendedDurationMs } = limits;
  const bytesPerMs = (plan.sampleRate * bytesPerSample(plan.encoding)) / 1000;
  const silence = skipSilence ? ["silence is not to be sent"] : [];
  return [...silence, ...lengthReason()].join(", and ");

  function lengthReason(): string[] {
    if (!Number.isFinite(maxMs)) return [];
    if (maxMs === maxDurationMs) return [`a request may have ${lengthText(maxMs)} at most`];
    if (maxBytes !== undefined && maxMs === Math.floor(maxBytes / bytesPerMs)) {
      return [`a request may have ${(maxBytes / MEGABYTE).toFixed(0)} MB at most`];
    }
    return maxMs === recommendedDurationMs
      ? [`parts of ${lengthText(maxMs)} at most are best for the provider`]
      : [`parts of ${lengthText(maxMs)} at most are wished for`];
  }
}

function lengthText(ms: number): string {
  const seconds = ms / 1000;
  return seconds <= 120 || seconds % 60 !== 0 ? `${seconds} s` : `${seconds / 60} min`;
}
