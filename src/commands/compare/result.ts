/** What `asr compare` found out, before it is shown. */

import type { AsrError } from "../../errors.ts";
import type { Cost } from "../../jobs/estimate.ts";
import type { Agreement } from "../../scoring/agreement.ts";
import type { Counts } from "../../scoring/counts.ts";
import type { DifferenceRun } from "../../scoring/difference.ts";
import type { ByRate } from "../../scoring/rates.ts";

/** One recording by one provider. */
export interface Hearing {
  readonly provider: string;
  readonly text: string;
  /** From its first byte to its last word. */
  readonly elapsedMs: number;
  readonly billedMs: number;
  readonly requests: number;
  /** Undefined where no price is set. */
  readonly cost?: Cost;
  /** Beside what was said. */
  readonly scores?: ByRate<Counts>;
}

export interface FailedHearing {
  readonly provider: string;
  readonly error: AsrError;
}

export interface ComparedFile {
  readonly name: string;
  /** In the order of the providers; undefined where none of them got through. */
  readonly durationMs?: number;
  readonly hearings: readonly (Hearing | FailedHearing)[];
  /** What the others are shown beside: what was said, or the first provider that has a text. */
  readonly against?: string;
  readonly differences: readonly {
    readonly provider: string;
    readonly runs: readonly DifferenceRun[];
  }[];
}

export interface Comparison {
  readonly providers: readonly string[];
  /** Steps taken before texts are compared. */
  readonly normalization: readonly string[];
  readonly files: readonly ComparedFile[];
  readonly agreements: readonly Agreement[];
}

export function isHeard(hearing: Hearing | FailedHearing): hearing is Hearing {
  return "text" in hearing;
}
