/** The failure of a part, with its place in the recording named. */
import { AsrError, asAsrError } from "../../errors.ts";
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
  const place = `part ${number} of ${count} (${clockTime(startMs)} to ${clockTime(endMs)})`;
  const placed = new AsrError(error.kind, `${place} failed: ${error.message}`, error.details);
  if (error.stack !== undefined) placed.stack = error.stack;
  return placed;
}

/** Hours, minutes and seconds: 0:29:55. */
function clockTime(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const padded = (value: number): string => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  return `${Math.floor(minutes / 60)}:${padded(minutes % 60)}:${padded(seconds % 60)}`;
}
