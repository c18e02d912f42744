/** Who recognises an input, and how: made once for all inputs that want the same. */
import type { Provider, ProviderContext, RecognitionSettings } from "../providers/contract.ts";
import type { Input } from "./inputs/input.ts";

export interface Recogniser {
  readonly provider: Provider;
  readonly settings: RecognitionSettings;
  /** With the user's account at this provider; all recognisers of a run share its network. */
  readonly context: ProviderContext;
}

export type RecogniserOf = (input: Input) => Recogniser;

/** Jobs that a provider takes at once from this account. */
export function jobsAtOnce({ provider, context }: Recogniser): number {
  return context.account.maxConcurrency ?? provider.capabilities.limits.maxConcurrency;
}

/**
 * Jobs that are made ready beside those at work: enough that small files keep a vendor busy, few
 * enough for their buffers.
 */
export function aheadOf(atOnce: number): number {
  return Math.floor(atOnce / 4);
}

/** Of one provider: none where jobs are recognised here, since they would take the processor. */
export function jobsAhead({ provider }: Recogniser, atOnce: number): number {
  return provider.capabilities.remote ? aheadOf(atOnce) : 0;
}
