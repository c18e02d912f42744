/** How differences of texts are marked on a terminal: by colours, or without them by signs. */

export interface DifferenceMarks {
  /** What only the reference has. */
  readonly gone: (text: string) => string;
  /** What only the hypothesis has. */
  readonly come: (text: string) => string;
}

/** Those of wdiff and `git diff --word-diff`. */
const SIGNS: DifferenceMarks = {
  gone: (text) => `[-${text}-]`,
  come: (text) => `{+${text}+}`,
};

export async function loadDifferenceMarks(colored: boolean): Promise<DifferenceMarks> {
  if (!colored) return SIGNS;
  const { Chalk } = await import("chalk");
  const { red, green } = new Chalk({ level: 1 });
  return { gone: red.strikethrough, come: green };
}
