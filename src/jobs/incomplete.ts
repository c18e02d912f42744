/** A job that failed after a part of its recording had been recognised, and paid for. */
import { AsrError } from "../errors.ts";
import type { Transcript } from "../transcript/transcript.ts";

/** The failure with all its details, and what there is. */
export class IncompleteError extends AsrError {
  readonly transcript: Transcript;

  constructor(error: AsrError, transcript: Transcript) {
    super(error.kind, error.message, error.details);
    if (error.stack !== undefined) this.stack = error.stack;
    this.transcript = transcript;
  }
}

/** The same failure, saying where that was kept. */
export function keptIn(error: IncompleteError, files: readonly string[]): AsrError {
  if (files.length === 0) return error;
  const kept = `what was recognised is in ${files.join(", ")}`;
  const { hint } = error.details;
  return new AsrError(error.kind, error.message, {
    ...error.details,
    hint: hint === undefined ? kept : `${hint}; ${kept}`,
  });
}
