/** The transcript model. Times are integer milliseconds from the start of the recording. */

/** A word as the recogniser timed it. */
export interface Word {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** What a recogniser returns: a stretch of speech with its text. */
export interface Segment {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Label of the speaker, unique in the transcript ("0", or "1-0": part 1, speaker 0). */
  readonly speaker?: string;
  /** Channel of the recording, from 0. */
  readonly channel?: number;
  /** True where the times were derived and not measured by the recogniser. */
  readonly approximate?: boolean;
  readonly words?: readonly Word[];
}

/** Code of the warning of a provider that heard nothing. */
export const NO_SPEECH = "no-speech";

/** Something the user should know that did not stop the job. */
export interface Warning {
  /** A stable name for programs, e.g. "no-speech", "unsupported-words". */
  readonly code: string;
  readonly message: string;
}

/** What was spent. */
export interface Usage {
  readonly requests: number;
  readonly billedMs: number;
  readonly tokens?: number;
  /** Set where a paid request was repeated although its outcome was unknown. */
  readonly possiblyBilledTwice?: boolean;
}

/** A piece of a split recording that was recognised by a request of its own. */
export interface Part {
  readonly startMs: number;
  readonly endMs: number;
  readonly requestId?: string;
}

/** A stretch of the recording in which somebody speaks. */
export interface Interval {
  readonly startMs: number;
  readonly endMs: number;
}

/** What the transcript was made from. */
export interface Source {
  readonly name: string;
  readonly durationMs: number;
  readonly sampleRate: number;
  readonly channels: number;
  /** Of the input's bytes (live: of the samples as they were recognised), lower-case hex. */
  readonly sha256: string;
}

export interface Transcript {
  readonly provider: string;
  readonly model?: string;
  /** BCP 47 tag of the language spoken (the most, where there are several). */
  readonly language?: string;
  readonly durationMs: number;
  readonly segments: readonly Segment[];
  readonly warnings: readonly Warning[];
  readonly usage?: Usage;
  readonly requestIds: readonly string[];
  readonly parts?: readonly Part[];
  readonly speech?: readonly Interval[];
  readonly source?: Source;
  /** The vendor's own answers, in order, where they were asked for (`--raw`). */
  readonly raw?: readonly unknown[];
}
