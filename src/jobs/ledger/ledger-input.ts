/** An input as a ledger tells of it. */
import type { AsrError } from "../../errors.ts";
import type { Input } from "../inputs/input.ts";

/** `interrupted`: it was running, and whoever had it is gone. */
export type InputState = "done" | "failed" | "running" | "interrupted" | "waiting";

export interface LedgerInput {
  readonly id: number;
  readonly input: Input;
  /** Row of the order that named it last. */
  readonly order: number;
  readonly state: InputState;
  /** Id of who recognised it, or is to. */
  readonly provider: string;
  readonly tries: number;
  readonly sizeBytes: number | undefined;
  readonly sha256: string | undefined;
  readonly durationMs: number | undefined;
  /** Of the last try, and of those whose answers it went on with. */
  readonly billedMs: number;
  readonly requestIds: readonly string[];
  /** Milliseconds since the epoch. */
  readonly startedMs: number | undefined;
  readonly endedMs: number | undefined;
  readonly error: AsrError | undefined;
  readonly outputs: readonly LedgerOutput[];
  readonly parts: readonly LedgerPart[];
}

export interface LedgerOutput {
  /** Below the output folder, with "/". */
  readonly path: string;
  readonly format: string;
  /** Undefined while it is not written to its end. */
  readonly sizeBytes: number | undefined;
}

/** A request that was answered. */
export interface LedgerPart {
  /** Of the recording; undefined: all of it. */
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
  readonly channel: number | undefined;
  readonly requestId: string | undefined;
  readonly billedMs: number;
}
