/** How far a text is from what was said. */
import type { DifferenceRun } from "../scoring/difference.ts";
import type { StepWord } from "../scoring/normalization/normalizer.ts";

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
  readonly operations: readonly DifferenceRun[];
}

/**
 * Scores a text against its reference, as `asr eval` does with one pair.
 *
 * @throws AsrError kind "usage" for an unknown step
 */
export async function score(
  reference: string,
  hypothesis: string,
  { normalize = ["all"] }: ScoreOptions = {},
): Promise<Score> {
  const { scorePair } = await import("./score-pair.ts");
  return scorePair({ reference, hypothesis }, normalize);
}
