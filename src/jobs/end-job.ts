/** How a job ends that did not succeed: what there is of its result is kept, or thrown away. */
import { type AsrError, asAsrError } from "../errors.ts";
import type { WarningEvent } from "../transcript/events.ts";
import { IncompleteError, keptIn } from "./incomplete.ts";
import type { ResultSink } from "./outputs/results.ts";

/** The reason of an abort, with what had been recognised by then. */
export function calledOff(reason: unknown, thrown: unknown): AsrError {
  const error = asAsrError(reason);
  return thrown instanceof IncompleteError ? new IncompleteError(error, thrown.transcript) : error;
}

export function keptWarning({ details }: AsrError): WarningEvent {
  const message = details.hint ?? "what was recognised is kept";
  return { type: "warning", warning: { code: "incomplete", message } };
}

export interface EndedJob {
  readonly error: AsrError;
  /** Absolute paths. */
  readonly kept: readonly string[];
  readonly broken?: AsrError;
}

/**
 * Lets out what a format had held back, where its text stays; a broken output is known already.
 * What was recognised of a job that failed half-way is kept.
 *
 * @param untold where nothing is to be told of it
 * @returns the error to report; `kept`: the files that hold what there is; `broken`: why the output
 *   could not be ended: what others had left to it may be lost
 */
export async function endSink(
  sink: ResultSink,
  error: AsrError,
  untold: boolean,
): Promise<EndedJob> {
  const incomplete = error instanceof IncompleteError ? error : undefined;
  try {
    const got = incomplete === undefined ? {} : { transcript: incomplete.transcript };
    if (!untold && error.kind !== "output") await sink.write({ type: "error", error, ...got });
  } catch {
    // The first error is the one to report.
  }
  try {
    if (incomplete !== undefined) {
      const kept = await sink.keep();
      return { error: keptIn(incomplete, kept), kept };
    }
    await sink.discard();
    return { error, kept: [] };
  } catch (thrown) {
    return { error, kept: [], broken: asAsrError(thrown) };
  }
}
