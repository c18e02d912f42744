/** What `score` is asked, and what it says. */

/** What can be taken out of both texts before they are compared. */
export type StepName =
  | "nfkc"
  | "width"
  | "case"
  | "script"
  | "numerals"
  | "punctuation"
  | "whitespace";

/** As `--normalize` takes them. */
export type StepWord = StepName | `no-${StepName}` | "all" | "none";

/** A run of one operation, with what stands in each text; empty where nothing does. */
export interface ScoredRun {
  readonly operation: "equal" | "substitute" | "delete" | "insert";
  readonly reference: string;
  readonly hypothesis: string;
}

export interface ScoreOptions {
  /** What is no error, as `--normalize` names it (default: `["all"]`). */
  readonly normalize?: readonly StepWord[] | undefined;
}

export interface Rate {
  /** Errors over the reference's length; null for an empty reference. */
  readonly rate: number | null;
  readonly errors: number;
  /** Tokens of the reference. */
  readonly reference: number;
  readonly hits: number;
  readonly substitutions: number;
  readonly deletions: number;
  readonly insertions: number;
}

export interface Score {
  /** Han, kana and hangul by character, the rest by word. */
  readonly mixed: Rate;
  /** Words, cut at white space. */
  readonly wer: Rate;
  /** Characters (code points). */
  readonly cer: Rate;
  /** The two texts side by side, by the mixed tokens: each run equal, substituted, deleted or inserted. */
  readonly operations: readonly ScoredRun[];
}
