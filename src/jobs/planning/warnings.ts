/** What the user should know of a plan: nothing that stops it. Pure. */
import type { Warning } from "../../transcript/transcript.ts";
import type { PlanQuestion } from "./question.ts";

const NARROW_HZ = 8000;
const WIDE_HZ = 16_000;

export function planWarnings(question: PlanQuestion): Warning[] {
  return [...rateWarnings(question), ...segmentWarnings(question)];
}

/** Times that were measured are better than the bounds of parts. */
function segmentWarnings({ capabilities, wishes }: PlanQuestion): Warning[] {
  if (wishes.segmentMs === undefined || capabilities.gives.segmentTimes !== true) return [];
  const message = "the provider gives times of its own: --segment-seconds is not needed";
  return [{ code: "segment-seconds-unused", message }];
}

/**
 * A warning where a vendor's engine for wide-band speech gets a telephone recording, or the other
 * way round: the text gets worse, and it is paid all the same.
 */
function rateWarnings({ facts, capabilities, resolution }: PlanQuestion): Warning[] {
  const { sampleRate } = facts;
  const { model, sampleRate: engineRate } = resolution;
  if (!capabilities.remote || engineRate === undefined) return [];
  const isUp = sampleRate <= NARROW_HZ && engineRate >= WIDE_HZ;
  const isDown = sampleRate >= WIDE_HZ && engineRate <= NARROW_HZ;
  if (!isUp && !isDown) return [];
  const message = `the recording has ${sampleRate} Hz, ${model} listens at ${engineRate} Hz: it may hear worse`;
  return [{ code: "engine-rate", message }];
}
