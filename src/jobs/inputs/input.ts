/** One thing to transcribe, as the user named it. */
import type { AsrError } from "../../errors.ts";

/** What a list says of one of its inputs, beside its path. */
export interface OwnSettings {
  /** Where the list says it, for messages: "calls.jsonl:3". */
  readonly place: string;
  /** Id of the provider that is to recognise it. */
  readonly provider?: string;
  readonly language?: string;
  readonly model?: string;
  /** The result's path below the output folder; the formats' extensions are put to it. */
  readonly output?: string;
  /** What was said, for scoring: a path or the text itself. */
  readonly reference?: string;
  readonly tags?: readonly string[];
}

export interface Input {
  /** As messages name it: the path as given, or below the folder as given; "-" for stdin. */
  readonly name: string;
  /** Absolute path; undefined for stdin. */
  readonly path?: string;
  /** Path below the named folder or a glob's fixed part, which the output keeps. */
  readonly relativePath: string;
  /** False where a folder brought it: then what is no audio is skipped. */
  readonly explicit: boolean;
  /** What the list that named it says of it. */
  readonly own?: OwnSettings;
  /** Why it can't be read, where that is known already: it fails in its turn, beside others. */
  readonly error?: AsrError;
}

/** A file of a folder that is no audio. */
export interface SkippedInput {
  readonly input: Input;
  /** Its message says why, without the input's name. */
  readonly error: AsrError;
}

/** What one operand stands for. */
export interface Listing {
  readonly inputs: readonly Input[];
  readonly skipped: readonly SkippedInput[];
}
