/** What the main thread and the worker say to each other. All of it can be cloned. */
import { AsrError, type ErrorDetails, type ErrorKind, messageOf } from "../../errors.ts";
import type { RecognitionEvent } from "../../transcript/events.ts";
import type { ModelFolder } from "./model.ts";
import type { RecogniserOptions } from "./recogniser.ts";

/** Given to the worker when it is made. */
export interface WorkerData {
  /** Memory of the `NativeGate`. */
  readonly gate: SharedArrayBuffer;
}

/**
 * One recognition at a time: `start`, any number of `audio`, then `end` or `stop`. What comes
 * after a `stop` and before the next `start` is ignored.
 */
export type ToWorker =
  | { readonly type: "start"; readonly model: ModelFolder; readonly options: RecogniserOptions }
  /** Mono, 16 kHz, full scale ±1. */
  | { readonly type: "audio"; readonly samples: Float32Array<ArrayBuffer> }
  | { readonly type: "end" }
  /** Nobody wants the rest; the gate has been closed. */
  | { readonly type: "stop" };

export type FromWorker =
  | { readonly type: "event"; readonly event: RecognitionEvent }
  /** An `audio` message was used up: the next may be sent. */
  | { readonly type: "taken" }
  /** The last message of a recognition: it came to its end, failed or was stopped. */
  | { readonly type: "over"; readonly failure?: Failure };

/** An error without its class, which cloning would lose. */
export interface Failure {
  /** Undefined for a fault of the program. */
  readonly kind: ErrorKind | undefined;
  readonly message: string;
  readonly details: Pick<ErrorDetails, "reason" | "hint">;
  readonly stack: string | undefined;
}

export function toFailure(error: unknown): Failure {
  const known = error instanceof AsrError ? error : undefined;
  const { reason, hint } = known?.details ?? {};
  return {
    kind: known?.kind,
    message: messageOf(error),
    details: {
      ...(reason === undefined ? {} : { reason }),
      ...(hint === undefined ? {} : { hint }),
    },
    stack: error instanceof Error ? error.stack : undefined,
  };
}

export function fromFailure({ kind, message, details, stack }: Failure): Error {
  const error = kind === undefined ? new Error(message) : new AsrError(kind, message, details);
  if (stack !== undefined) error.stack = stack;
  return error;
}
