/** How the audio is to be divided before it is sent, out of the settings. */
import { usageError } from "../errors.ts";
import type { PlanWishes } from "../jobs/plan.ts";
import type { Settings } from "../settings/load.ts";
import { millisecondsOf } from "../transcript/time.ts";

/** @throws AsrError kind "usage" for wishes that contradict each other. */
export function planWishes(values: Settings["values"]): PlanWishes {
  const { channels, split, segmentSeconds, skipSilence, speakers } = values;
  if (split === "never" && segmentSeconds !== undefined) {
    throw usageError(
      "--split never and --segment-seconds contradict each other",
      "leave one of them out: shorter parts are made by cutting",
    );
  }
  return {
    channels,
    split: typeof split === "number" ? millisecondsOf(split) : split,
    ...(segmentSeconds === undefined ? {} : { segmentMs: millisecondsOf(segmentSeconds) }),
    skipSilence,
    speakers,
  };
}
