/** Inputs that are recognised elsewhere: on whatever machine takes them from a queue. */
import type { RawFormat } from "../audio/types.ts";
import type { JobEvent } from "../transcript/events.ts";
import type { Input } from "./inputs/input.ts";
import type { LedgerEntry } from "./ledger/ledger.ts";
import type { PlanWishes } from "./plan.ts";
import type { Stage } from "./recognise.ts";
import type { Recogniser } from "./recogniser.ts";

/** One input with all that its recognition depends on. */
export interface Errand {
  readonly input: Input;
  readonly recogniser: Pick<Recogniser, "provider" | "settings">;
  readonly wishes: PlanWishes;
  readonly strict: boolean;
  /** What headerless audio is. */
  readonly raw?: RawFormat;
  /** Is told what is answered, and knows what was; undefined: there is no ledger. */
  readonly entry?: LedgerEntry;
  readonly onStage: (stage: Stage, audioMs: number) => void;
  readonly signal: AbortSignal;
  /** It would fail as others did: given up, with the reason, where nobody has begun it. */
  readonly stopped: AbortSignal;
}

export interface Delegate {
  /** The most inputs that are handed over and not answered yet. */
  readonly atOnce: number;
  /**
   * As `recognise` of recognise.ts: from `start` to `done`. What was answered is in the ledger before
   * anything of it is told.
   */
  recognise(errand: Errand): AsyncIterable<JobEvent>;
}
