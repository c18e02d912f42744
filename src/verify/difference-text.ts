/** A difference as lines of text, with the signs of `diff -u`. */
import type { DifferenceLine } from "./line-difference.ts";

/** How the parts of a difference look: colours on a terminal, signs elsewhere. */
export interface DifferencePaint {
  /** What only the expectation has, or only what was recognised. */
  readonly gone: (text: string) => string;
  readonly come: (text: string) => string;
  /** A whole line of it. */
  readonly goneLine: (text: string) => string;
  readonly comeLine: (text: string) => string;
  readonly faint: (text: string) => string;
}

/** Of a long stretch that is the same, what is shown beside a difference. */
const CONTEXT_CHARACTERS = 30;

function shortened(text: string): string {
  const characters = Array.from(text);
  if (characters.length <= 2 * CONTEXT_CHARACTERS + 5) return text;
  const before = characters.slice(0, CONTEXT_CHARACTERS).join("");
  return `${before} … ${characters.slice(-CONTEXT_CHARACTERS).join("")}`;
}

/**
 * @param clean takes out what a text from outside must not bring to where the lines go
 * @returns a line each, without its end
 */
export function differenceLines(
  lines: readonly DifferenceLine[],
  paint: DifferencePaint,
  clean: (text: string) => string,
): string[] {
  return lines.map((line) => {
    switch (line.kind) {
      case "same":
        return `  ${clean(line.text)}`;
      case "gap":
        return paint.faint(`  … ${line.lineCount} ${line.lineCount === 1 ? "line" : "lines"}`);
      case "changed":
        return `~ ${line.runs
          .map(({ operation, expected, actual }) =>
            operation === "equal"
              ? shortened(clean(expected))
              : (expected && paint.gone(clean(expected))) + (actual && paint.come(clean(actual))),
          )
          .join("")}`;
      default: {
        const isGone = line.kind === "expected";
        const text = `${isGone ? "-" : "+"} ${clean(line.text)}`;
        const note = line.note === undefined ? "" : `  ${paint.faint(`(${line.note})`)}`;
        return `${isGone ? paint.goneLine(text) : paint.comeLine(text)}${note}`;
      }
    }
  });
}

const identity = (text: string): string => text;

/** For where there are no colours. */
export const PLAIN_DIFFERENCE: DifferencePaint = {
  gone: (text) => `[-${text}-]`,
  come: (text) => `{+${text}+}`,
  goneLine: identity,
  comeLine: identity,
  faint: identity,
};
