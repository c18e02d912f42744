import type { Counts } from "../counts.ts";
import type { ByRate } from "../rates.ts";

export interface ScoredFile {
  readonly name: string;
  readonly counts: ByRate<Counts>;
}

/** Another run over the same files. */
export interface OtherRun {
  readonly name: string;
  readonly files: readonly ScoredFile[];
}
