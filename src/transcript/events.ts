/**
 * What recognition says while it runs, as one tagged union. A `partial` may be replaced by the
 * next `partial` or `final`; a `final` never changes. Times are relative to the audio that the
 * recogniser was given; whoever splits a recording shifts them.
 */
import type { AsrError } from "../errors.ts";
import type { Sound } from "./sound.ts";
import type { Interval, Part, Segment, Source, Transcript, Usage, Warning } from "./transcript.ts";

export interface PartialEvent {
  readonly type: "partial";
  readonly segment: Segment;
}

export interface FinalEvent {
  readonly type: "final";
  readonly segment: Segment;
}

export interface ProgressEvent {
  readonly type: "progress";
  /** How much of the audio has been worked through, in milliseconds. */
  readonly audioMs: number;
  /** Live audio: how long ago what is recognised now was spoken, in milliseconds. */
  readonly lagMs?: number;
}

export interface WarningEvent {
  readonly type: "warning";
  readonly warning: Warning;
}

/** What an answer said besides text; later ones add to earlier ones. */
export interface ResponseEvent {
  readonly type: "response";
  readonly requestId?: string;
  readonly model?: string;
  readonly language?: string;
  /** Added up over all responses of a job. */
  readonly usage?: Usage;
  readonly speech?: readonly Interval[];
  /** Audio length as the vendor measured it. */
  readonly durationMs?: number;
  /** The answer as it came. */
  readonly raw?: unknown;
  /** The piece of a split recording that was answered; set by whoever split it. */
  readonly part?: Part;
  /** It was answered to an earlier run, and paid for then. */
  readonly earlier?: true;
}

/** What a provider yields. */
export type RecognitionEvent =
  | PartialEvent
  | FinalEvent
  | ProgressEvent
  | WarningEvent
  | ResponseEvent;

/** Opens a job's events: what is being recognised and by whom. */
export interface StartEvent {
  readonly type: "start";
  readonly provider: string;
  readonly model?: string;
  /** Undefined where a transcript that was read from a file does not say. */
  readonly source?: Omit<Source, "sha256" | "durationMs"> & { readonly durationMs?: number };
}

export interface DoneEvent {
  readonly type: "done";
  readonly transcript: Transcript;
  /** Where a format shows it. */
  readonly sound?: Sound;
}

export interface ErrorEvent {
  readonly type: "error";
  readonly error: AsrError;
  /** What was recognised, and paid for, before. */
  readonly transcript?: Transcript;
}

/** What a job yields: a provider's events between a `start` and a `done` or an `error`. */
export type JobEvent = StartEvent | RecognitionEvent | DoneEvent | ErrorEvent;
