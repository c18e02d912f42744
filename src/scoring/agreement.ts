/** How far several hypotheses of the same recordings agree, two by two. */
import { type Counts, countsOf, sumOf } from "./counts.ts";
import { alignTokens } from "./score.ts";
import { mixedTokensOf } from "./tokens.ts";

export interface Agreement {
  /** Taken as what was said. */
  readonly reference: string;
  readonly hypothesis: string;
  /** By mixed tokens. The errors of a pair are the same in both directions, its rate need not be. */
  readonly counts: Counts;
}

/**
 * Every pair of names in both directions, pooled over the recordings that both have.
 *
 * @param texts of each recording, by name; normalised
 */
export function agreements(
  names: readonly string[],
  texts: readonly ReadonlyMap<string, string>[],
): Agreement[] {
  const tokens = texts.map(
    (byName) => new Map(Array.from(byName, ([name, text]) => [name, mixedTokensOf(text)] as const)),
  );
  const countsBetween = (one: string, other: string): Counts =>
    sumOf(
      tokens.flatMap((byName) => {
        const [reference, hypothesis] = [byName.get(one), byName.get(other)];
        if (reference === undefined || hypothesis === undefined) return [];
        return countsOf(alignTokens({ reference, hypothesis }));
      }),
    );
  return names.flatMap((one, index) =>
    names.slice(index + 1).flatMap((other) => {
      const counts = countsBetween(one, other);
      return [
        { reference: one, hypothesis: other, counts },
        { reference: other, hypothesis: one, counts: turned(counts) },
      ];
    }),
  );
}

/** The same alignment, with what was said for what was heard. */
function turned({ hits, substitutions, deletions, insertions }: Counts): Counts {
  return { hits, substitutions, deletions: insertions, insertions: deletions };
}
