/** The failure of a part, with its place in the recording named. */
import { AsrError, asAsrError } from "../../errors.ts";
import { clockTime } from "../../transcript/time.ts";
import type { Interval } from "../../transcript/transcript.ts";

/** What failed: a part of several. */
export interface PartPlace extends Interval {
  /** From 1. */
  readonly number: number;
  readonly count: number;
}

/** The same failure, kind and details kept, that says which part of the recording it is about. */
export function partError(thrown: unknown, { number, count, startMs, endMs }: PartPlace): AsrError {
  const error = asAsrError(thrown);
  const place = `part ${number} of ${count} (${roundedTime(startMs)} to ${roundedTime(endMs)})`;
  const placed = new AsrError(error.kind, `${place} failed: ${error.message}`, error.details);
  if (error.stack !== undefined) placed.stack = error.stack;
  return placed;
}

/** To the nearest second. */
function roundedTime(ms: number): string {
  return clockTime(Math.round(ms / 1000) * 1000);
}
