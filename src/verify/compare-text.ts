/** An expectation beside what was recognised, in its format. */
import { comparable } from "./comparable.ts";
import { lineDifference } from "./line-difference.ts";
import type { Problem } from "./result.ts";
import { shiftsMs, shiftText, timesIn } from "./times.ts";

export interface ComparedText {
  /** The expectation, as messages name it. */
  readonly file: string;
  /** Name of its transcript format. */
  readonly format: string;
  readonly expected: string;
  readonly actual: string;
  /** How far times may be off; undefined: not at all. */
  readonly toleranceMs?: number;
}

/** @returns undefined where they agree */
export function compareText(compared: ComparedText): Problem | undefined {
  const { file, format, toleranceMs } = compared;
  const expected = comparable(format, compared.expected);
  const actual = comparable(format, compared.actual) ?? compared.actual;
  if (expected === undefined) {
    return {
      code: "difference",
      message: `${file} is not JSON`,
      hint: "correct it, or write it anew with --update",
      file,
    };
  }
  if (expected === actual) return undefined;
  if (toleranceMs !== undefined) {
    const [timed, shifted] = [timesIn(format, expected), timesIn(format, actual)];
    if (timed.around === shifted.around)
      return timesProblem(compared, toleranceMs, expected, actual);
  }
  return {
    code: "difference",
    message: `${file} differs from what was recognised`,
    file,
    difference: lineDifference(format, expected, actual),
  };
}

/** Only the times are compared: of a text that is judged by its rates. */
export function compareTimes(
  compared: ComparedText & { toleranceMs: number },
): Problem | undefined {
  const { format, toleranceMs } = compared;
  const expected = comparable(format, compared.expected) ?? compared.expected;
  const actual = comparable(format, compared.actual) ?? compared.actual;
  return timesProblem(compared, toleranceMs, expected, actual);
}

function timesProblem(
  { file, format }: ComparedText,
  toleranceMs: number,
  expected: string,
  actual: string,
): Problem | undefined {
  const [timed, shifted] = [timesIn(format, expected), timesIn(format, actual)];
  const shifts = shiftsMs(timed, shifted);
  const difference = (): Pick<Problem, "difference" | "file"> => ({
    file,
    difference: lineDifference(format, expected, actual),
  });
  if (shifts === undefined) {
    return {
      code: "times",
      message: `${file} has ${timed.timesMs.length} times, ${shifted.timesMs.length} were recognised`,
      ...difference(),
    };
  }
  const worst = shifts.toSorted((a, b) => Math.abs(b) - Math.abs(a))[0] ?? 0;
  if (Math.abs(worst) <= toleranceMs) return undefined;
  const count = shifts.filter((ms) => Math.abs(ms) > toleranceMs).length;
  return {
    code: "times",
    message: `${file}: ${count} of ${shifts.length} times are off by more than ${toleranceMs / 1000} s, at most by ${shiftText(worst)}`,
    ...difference(),
  };
}
