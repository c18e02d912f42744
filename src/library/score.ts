import type { Score, ScoreOptions } from "./rates.ts";

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
