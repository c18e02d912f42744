/** The ledger of the folder that `asr transcribe` writes into. */
import { usageError } from "../errors.ts";
import { type InputLedger, inputLedger } from "../jobs/ledger/input-ledger.ts";
import { openLedger } from "../jobs/ledger/ledger.ts";
import { systemClock } from "../jobs/network.ts";
import type { OutputFolder } from "../jobs/outputs/destination.ts";
import type { PlanRequest } from "../jobs/prepared-input.ts";
import type { Recogniser } from "../jobs/recogniser.ts";
import type { TranscriptionRequest, TranscriptionSummary } from "../jobs/transcribe.ts";
import type { Settings } from "../settings/load.ts";
import type { World } from "./world.ts";

/** @throws AsrError kind "usage": `--resume` was given, and there is nothing to resume by. */
export function refuseResumeFlag({ values, sources }: Settings, hasFolder: boolean): void {
  if (hasFolder || !values.resume || sources.resume !== "flag") return;
  throw usageError(
    "--resume needs an output folder",
    "name one: -o transcripts/",
    "what is done is told by the ledger in it",
  );
}

interface LedgerRequest {
  readonly folder: OutputFolder;
  /** Of this run: in the names of its drafts. */
  readonly run: string;
  readonly planning: PlanRequest;
  readonly inputs: TranscriptionRequest["inputs"];
  readonly recognisers: readonly Recogniser[];
  readonly force: boolean;
}

/** @throws AsrError kind "output" where there can be no ledger, "usage" for a newer one. */
export async function openOutputLedger(
  { folder, run, planning, inputs, recognisers, force }: LedgerRequest,
  { platform }: World,
): Promise<InputLedger & { close(): Promise<void> }> {
  const accounts = recognisers.flatMap(({ context }) => Object.values(context.account.credentials));
  const ledger = await openLedger({
    folder: folder.path,
    run,
    force,
    secrets: [...new Set(accounts)],
    clock: systemClock,
    platform,
  });
  try {
    ledger.plan(inputs);
  } catch (error) {
    await ledger.close();
    throw error;
  }
  const { claim } = inputLedger({ ...planning, ledger, files: folder.files });
  return { claim, close: () => ledger.close() };
}

/** What was not to be done here, in a line; undefined where all was. */
export function passedNote(
  { doneBefore, elsewhere }: Pick<TranscriptionSummary, "doneBefore" | "elsewhere">,
  total: number,
): string | undefined {
  const counted = (count: number, one: string, several: string): string[] =>
    count === 0 ? [] : [`${count} of ${total} inputs ${count === 1 ? one : several}`];
  const notes = [
    ...counted(doneBefore, "was done already", "were done already"),
    ...counted(elsewhere, "is left to another run", "are left to another run"),
  ];
  return notes.length === 0 ? undefined : notes.join("; ");
}
