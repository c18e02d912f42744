/** What an estimate is made from. */
import type { AudioFacts } from "../../audio/types.ts";
import type { Account, Capabilities, Resolution } from "../../providers/contract.ts";
import type { AudioPart } from "../parts/part.ts";
import type { AudioPlan, ChannelMode } from "../plan.ts";

/** What an hour of billed audio costs the user. */
export interface Price {
  readonly perHour: number;
  readonly currency?: string;
}

export interface EstimateQuestion {
  /** Of the input. */
  readonly facts: AudioFacts & { readonly durationMs: number };
  readonly plan: AudioPlan;
  /** How it was cut, where it was. */
  readonly parts?: readonly AudioPart[];
  readonly channels: ChannelMode;
  readonly capabilities: Pick<Capabilities, "limits" | "gives" | "remote">;
  readonly resolution?: Pick<Resolution, "sliceMs">;
  readonly account?: Pick<Account, "maxRequestsPerSecond">;
  readonly price?: Price;
}
