/** Which language was spoken most, from what single answers say. */

export interface LanguageTally {
  /** @param spokenMs how much was spoken in it; 0 where the answer does not say */
  add(language: string, spokenMs: number): void;
  /** The longest; among equals the one named most often, then first. */
  most(): string | undefined;
}

export function createLanguageTally(): LanguageTally {
  const tallies = new Map<string, { spokenMs: number; answers: number }>();
  return {
    add(language, spokenMs) {
      const { spokenMs: before, answers } = tallies.get(language) ?? { spokenMs: 0, answers: 0 };
      tallies.set(language, { spokenMs: before + spokenMs, answers: answers + 1 });
    },
    most() {
      const [first] = [...tallies].sort(
        ([, a], [, b]) => b.spokenMs - a.spokenMs || b.answers - a.answers,
      );
      return first?.[0];
    },
  };
}
