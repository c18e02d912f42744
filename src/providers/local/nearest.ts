/** Which of the names somebody meant. */
import leven from "leven";

/** The candidate most like `name`, ignoring case; undefined where two thirds or more would differ. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let bestLetters = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const letters = leven(wanted, candidate.toLowerCase());
    const longest = Math.max(wanted.length, candidate.length);
    if (letters < bestLetters && letters * 3 < longest * 2) {
      best = candidate;
      bestLetters = letters;
    }
  }
  return best;
}
