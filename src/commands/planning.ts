/** How the inputs of a run are planned, out of the settings. */
import { type AudioTools, planRequest } from "../jobs/plan-request.ts";
import type { PlanRequest } from "../jobs/prepared-input.ts";
import type { Settings } from "../settings/load.ts";
import type { Recognisers } from "./recognisers.ts";
import { rawFormatOf } from "./recognition-settings.ts";
import { planWishes } from "./transcription-settings.ts";
import type { World } from "./world.ts";

/**
 * @param audioTools where several runs share them
 * @throws AsrError kind "usage" for wishes that contradict each other.
 */
export function planningFor(
  recognisers: Recognisers,
  { values }: Settings,
  world: World,
  audioTools?: AudioTools,
): Promise<PlanRequest> {
  return planRequest(
    {
      recognisers,
      wishes: planWishes(values),
      strict: values.strict,
      rawFormatOf: (input) => rawFormatOf(input, values),
      ...(audioTools === undefined ? {} : { audioTools }),
      log: world.console.debug,
    },
    world,
  );
}
