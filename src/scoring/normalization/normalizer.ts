/** Which steps are taken, and all of them at once. */
import { type Change, STEP_NAMES, STEPS, type StepName } from "./steps.ts";

/** As a user names steps: one, all or none of them, or `no-case`: all those so far but one. */
export type StepWord = StepName | `no-${StepName}` | "all" | "none";

export const STEP_WORDS: readonly StepWord[] = [
  "all",
  "none",
  ...STEP_NAMES,
  ...STEP_NAMES.map((name) => `no-${name}` as const),
];

/**
 * The steps that a list of words comes to, word by word. A list that begins with taking one out begins
 * with all: "no-case" is "all,no-case".
 */
export function stepsNamed(words: readonly StepWord[]): StepName[] {
  const taken = new Set<StepName>(words[0]?.startsWith("no-") ? STEP_NAMES : []);
  for (const word of words) {
    if (word === "none") taken.clear();
    for (const name of STEP_NAMES) {
      if (word === "all" || word === name) taken.add(name);
      if (word === `no-${name}`) taken.delete(name);
    }
  }
  return STEP_NAMES.filter((name) => taken.has(name));
}

/** Loads what the steps need; applied in the order of the table. */
export async function loadNormalizer(steps: readonly StepName[]): Promise<Change> {
  const names = STEP_NAMES.filter((name) => steps.includes(name));
  const changes = await Promise.all(names.map((name) => STEPS[name].load()));
  return (text) => changes.reduce((changed, change) => change(changed), text);
}
