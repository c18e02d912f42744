/** Cues in which several speak: a dash before what each of them says. */

/** Netflix English (USA) TTSG, "Dual Speakers": no blank after it. */
export const DASH = "-";

const DASHED = /^\s*[-–—‐]/;

export function isDashed(line: string): boolean {
  return DASHED.test(line);
}

/** A dash and a line each: such lines are neither run together nor weighed against each other. */
export function isDialogue(lines: readonly string[]): boolean {
  return lines.length > 1 && lines.every(isDashed);
}
