/** What the planner decides: how the audio of a recording gets to the provider. */
import type { TargetEncoding } from "../../audio/encode.ts";
import type { Container } from "../../audio/types.ts";
import type { Warning } from "../../transcript/transcript.ts";
import type { PartRules } from "../parts/part.ts";

interface PlanBase {
  /** What the user should know of it. */
  readonly warnings: readonly Warning[];
}

export interface AsIsPlan extends PlanBase {
  readonly kind: "as-is";
}

export interface RewrapPlan extends PlanBase {
  readonly kind: "rewrap";
  readonly container: Container;
  /** Of the new file, once it has been made. */
  readonly sizeBytes?: number;
}

export interface ConvertPlan extends PlanBase {
  readonly kind: "convert";
  readonly container: Container;
  readonly encoding: TargetEncoding;
  readonly sampleRate: number;
  /** What becomes one mono request each: the mix, or one channel by its index from 0. */
  readonly requests: readonly ("mix" | number)[];
  /** Undefined: all of it in one request (a channel). */
  readonly parts?: PartRules;
}

export type AudioPlan = AsIsPlan | RewrapPlan | ConvertPlan;
