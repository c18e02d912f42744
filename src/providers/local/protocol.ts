/** What the main thread and the worker say to each other. All of it can be cloned. */
import { AsrError, type ErrorDetails, type ErrorKind, messageOf } from "../../errors.ts";
import type { RecognitionEvent } from "../../transcript/events.ts";
import type { ModelFolder } from "./model.ts";
import type { RecogniserOptions } from "./recogniser.ts";

/** Given to the worker when it is made: it serves one model all its life. */
export interface WorkerData {
  readonly model: ModelFolder;
  /** Memory of the `NativeGate`. */
  readonly gate: SharedArrayBuffer;
}

/** One recognition: `start`, any number of `audio`, `end`. */
export type ToWorker =
  | { readonly type: "start"; readonly options: RecogniserOptions }
  /** Mono, 16 kHz, full scale ±1. */
  | { readonly type: "audio"; readonly samples: Float32Array<ArrayBuffer> }
  | { readonly type: "end" };

export type FromWorker =
  | { readonly type: "event"; readonly event: RecognitionEvent }
  /** An `audio` message was used up: the next may be sent. */
  | { readonly type: "taken" }
  | { readonly type: "done" }
  /** The recognition failed; the worker is of no more use. */
  | { readonly type: "failed"; readonly failure: Failure };

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
