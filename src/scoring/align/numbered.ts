/** Tokens as small numbers, which compare faster and index tables. */
import type { Sequences } from "./problem.ts";

/** The same token has the same number in both; numbers begin at 0, without gaps. */
export function numbered(reference: readonly string[], hypothesis: readonly string[]): Sequences {
  const numbers = new Map<string, number>();
  const numberOf = (token: string): number => {
    const known = numbers.get(token);
    if (known !== undefined) return known;
    numbers.set(token, numbers.size);
    return numbers.size - 1;
  };
  return {
    reference: Int32Array.from(reference, numberOf),
    hypothesis: Int32Array.from(hypothesis, numberOf),
  };
}
