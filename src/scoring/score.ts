/** Scores of one hypothesis against its reference. */
import { align } from "./align/align.ts";
import { numbered } from "./align/numbered.ts";
import type { AlignedRun } from "./align/runs.ts";
import { type Counts, countsOf } from "./counts.ts";
import { type ByRate, RATE_NAMES, RATES } from "./rates.ts";

/** Two texts as they are compared: what is to be taken out of them is out. */
export interface TextPair {
  readonly reference: string;
  readonly hypothesis: string;
}

interface TokenPair {
  readonly reference: readonly string[];
  readonly hypothesis: readonly string[];
}

export function alignTokens({ reference, hypothesis }: TokenPair): readonly AlignedRun[] {
  const sequences = numbered(reference, hypothesis);
  return align(sequences.reference, sequences.hypothesis);
}

/** All rates. Where two of them cut both texts alike (Chinese without spaces), one alignment serves. */
export function scoreTexts({ reference, hypothesis }: TextPair): ByRate<Counts> {
  const known = new Map<string, Counts>();
  const counted = RATE_NAMES.map((name) => {
    const { tokensOf } = RATES[name];
    const pair = { reference: tokensOf(reference), hypothesis: tokensOf(hypothesis) };
    // Mixed tokens divide words, and characters divide those: as many are the same ones.
    const key = `${pair.reference.length} ${pair.hypothesis.length}`;
    const counts = known.get(key) ?? countsOf(alignTokens(pair));
    known.set(key, counts);
    return [name, counts] as const;
  });
  return Object.fromEntries(counted) as ByRate<Counts>;
}
