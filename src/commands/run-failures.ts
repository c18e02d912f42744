/** How a run ends of which something failed. */
import { AsrError, usageError } from "../errors.ts";
import type { InputList } from "../jobs/inputs/inputs.ts";
import type { JobsSummary, TranscriptionSummary } from "../jobs/transcribe.ts";
import { failureCauses } from "./failure-causes.ts";

interface RunEnd {
  readonly list: InputList;
  /** As the user can type it: the folder whose ledger tells of the run; undefined: none does. */
  readonly ledgerFolder?: string;
  /** The only input's failure was told already. */
  readonly reported?: boolean;
}

/** @throws AsrError of the exit code that the run ends with. */
export function throwFailures(
  summary: JobsSummary & Partial<TranscriptionSummary>,
  { list, ledgerFolder, reported = false }: RunEnd,
): void {
  const { failures, stoppedBy, done, skipped, left, doneBefore = 0, elsewhere = 0 } = summary;
  const { count, first } = failures;
  if (first === undefined) {
    if (done + doneBefore + elsewhere === 0)
      throw usageError("nothing to do: none of the files is audio", "name a recording");
    return;
  }
  if (!list.several) throw reported ? told(first) : first;
  const total = list.inputs.length + list.skipped.length - skipped;
  const retry = ledgerFolder === undefined ? undefined : `asr batch retry ${ledgerFolder}`;
  if (stoppedBy !== undefined) {
    throw new AsrError(stoppedBy.kind, `stopped: ${left} of ${total} inputs are left`, {
      reason: stoppedBy.message,
      hint: `mend that, then ${retry ?? "run the same command again"}`,
    });
  }
  const others = left === 0 ? "" : `, ${left} that would fail alike are left`;
  throw new AsrError("several", `${count} of ${total} inputs failed${others}`, {
    reason: failureCauses(failures),
    hint:
      retry === undefined
        ? "each is named above with its reason"
        : `asr batch report ${ledgerFolder} names each; ${retry} tries them again`,
  });
}

function told(error: AsrError): AsrError {
  return new AsrError(error.kind, error.message, { ...error.details, reported: true });
}
