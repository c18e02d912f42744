/** How much audio goes into one request: the provider's limits and the user's wishes. Pure. */
import type { AudioFacts } from "../../audio/types.ts";
import type { Capabilities } from "../../providers/contract.ts";
import type { PlanWishes } from "./question.ts";

/** Whether a provider takes so much in one request. What is not known is taken to fit. */
export function fitsOneRequest(
  { durationMs = 0, sizeBytes = 0 }: Pick<AudioFacts, "durationMs" | "sizeBytes">,
  { limits }: Pick<Capabilities, "limits">,
): boolean {
  const { maxBytes, maxDurationMs } = limits;
  return (
    durationMs <= (maxDurationMs ?? Number.POSITIVE_INFINITY) &&
    sizeBytes <= (maxBytes ?? Number.POSITIVE_INFINITY)
  );
}

/**
 * The longest part that is wanted, limits apart, in milliseconds; infinite: the longer, the better.
 *
 * What a provider recommends gives way where speakers are told apart: they would have to be
 * matched over more parts than need be.
 */
export function partMsOf(
  { limits, gives }: Pick<Capabilities, "limits" | "gives">,
  { split, segmentMs, speakers }: PlanWishes,
): number {
  const unlimited = Number.POSITIVE_INFINITY;
  if (split === "never") return unlimited;
  const askedMs = split === "silence" ? unlimited : split;
  const recommendedMs =
    split === "silence" && !(speakers && gives.speakers) ? limits.recommendedDurationMs : undefined;
  const timedMs = gives.segmentTimes === true ? undefined : segmentMs;
  return Math.min(askedMs, recommendedMs ?? unlimited, timedMs ?? unlimited);
}
