/** What a run came to, for people in a line or for programs. */
import { lengthText, moneyText, speedText } from "../terminal/amounts.ts";
import { clockTime } from "../terminal/progress.ts";
import type { RunTally } from "../terminal/run-tally.ts";
import { secondsOf } from "../transcript/time.ts";

/**
 * `997 of 1000 inputs done in 12:34: 30.1 h of audio (144x), 30.4 h billed, 45.60 CNY`.
 *
 * @param interrupted before its end: it says what is left
 * @returns undefined where there is nothing that failures do not say themselves
 */
export function summaryText(tally: RunTally, interrupted: boolean): string | undefined {
  const { done, total, elapsedMs, doneBefore, elsewhere, leftCount } = tally;
  const left = interrupted && leftCount > 0 ? [counted(leftCount, "is left", "are left")] : [];
  if (done === 0 && left.length === 0) return passedNote(tally);
  const notes = [
    ...(doneBefore === 0 ? [] : [counted(doneBefore, "was done already", "were done already")]),
    ...(elsewhere === 0
      ? []
      : [counted(elsewhere, "is left to another run", "are left to another run")]),
    ...left,
  ];
  const time = elapsedMs < 60_000 ? lengthText(elapsedMs) : clockTime(elapsedMs);
  const facts = figures(tally).join(", ");
  const head = `${done} of ${total} inputs done in ${time}${facts === "" ? "" : `: ${facts}`}`;
  return [head, ...notes].join("; ");
}

/** What was not to be done here, in a line; undefined where all was. */
export function passedNote({ doneBefore, elsewhere, total }: RunTally): string | undefined {
  const of = (count: number, one: string, several: string): string[] =>
    count === 0 ? [] : [`${count} of ${total} inputs ${count === 1 ? one : several}`];
  const notes = [
    ...of(doneBefore, "was done already", "were done already"),
    ...of(elsewhere, "is left to another run", "are left to another run"),
  ];
  return notes.length === 0 ? undefined : notes.join("; ");
}

/** The fields of the `summary` event. */
export function summaryFacts(tally: RunTally): Readonly<Record<string, unknown>> {
  const { total, done, failed, doneBefore, elsewhere, skipped, leftCount } = tally;
  const { billedMs, spend } = tally.billing;
  return {
    inputs: total,
    ...{ done, failed, done_before: doneBefore, elsewhere, left: leftCount, skipped },
    audio_seconds: secondsOf(tally.audioMs),
    billed_seconds: secondsOf(billedMs),
    // Sums of binary fractions: a millionth is all that is meant.
    spend: spend.map(({ amount, ...currency }) => ({
      amount: Number(amount.toFixed(6)),
      ...currency,
    })),
    seconds: secondsOf(tally.elapsedMs),
  };
}

function figures({ audioMs, workingMs, billing }: RunTally): string[] {
  const { billedMs, spend } = billing;
  const speed = workingMs === 0 ? "" : ` (${speedText(audioMs / workingMs)})`;
  return [
    ...(audioMs === 0 ? [] : [`${lengthText(audioMs)} of audio${speed}`]),
    ...(billedMs === 0 ? [] : [`${lengthText(billedMs)} billed`]),
    ...spend.map(moneyText),
  ];
}

function counted(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}
