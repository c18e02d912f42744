/** A case: a recording, who recognised it how, and what must come out. Paths have "/" and are below the folder of the cases. */
import type { StepWord } from "../scoring/normalization/normalizer.ts";
import type { CaseOptions } from "./case-options.ts";

/** A file that says what must come out. */
export interface Expectation {
  readonly path: string;
  /** Name of its transcript format. */
  readonly format: string;
}

export interface Thresholds {
  readonly maxMixed?: number;
  readonly maxWer?: number;
  readonly maxCer?: number;
}

export interface Case {
  /** Its path without what makes it a case: "zh/talk" for `zh/talk.wav` or `zh/talk.case.yaml`. */
  readonly name: string;
  /** Where it is declared: its `case.yaml`, or its recording. */
  readonly file: string;
  readonly audio: string;
  /** Undefined: whoever is in its recorded answers; without any the local recogniser. */
  readonly provider?: string;
  /** Undefined: those noted with its recorded answers, or none. */
  readonly options?: CaseOptions;
  /** Folder of the recorded answers, which may not be there. */
  readonly cassette: string;
  readonly hasCassette: boolean;
  readonly expected: readonly Expectation[];
  /** What was said, for the thresholds; without it the first expectation is. */
  readonly reference?: string;
  readonly thresholds: Thresholds;
  /** How far the times of cues may be off; undefined: not at all. */
  readonly cueToleranceMs?: number;
  readonly normalize: readonly StepWord[];
  readonly tags: readonly string[];
}

/** Whether rates decide, not each character. */
export function hasThresholds({ thresholds }: Pick<Case, "thresholds">): boolean {
  return Object.values(thresholds).some((limit) => limit !== undefined);
}
