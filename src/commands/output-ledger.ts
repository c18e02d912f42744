/** The ledger of the folder that `asr transcribe` writes into. */
import { usageError } from "../errors.ts";
import { type InputLedger, inputLedger } from "../jobs/ledger/input-ledger.ts";
import { openLedger } from "../jobs/ledger/ledger.ts";
import { systemClock } from "../jobs/network.ts";
import type { OutputFolder } from "../jobs/outputs/destination.ts";
import type { PlanRequest } from "../jobs/prepared-input.ts";
import type { Recogniser } from "../jobs/recogniser.ts";
import type { TranscriptionRequest } from "../jobs/transcribe.ts";
import { keptFlags, withWholePaths } from "../settings/kept-flags.ts";
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
  readonly settings: Settings;
}

/** @throws AsrError kind "output" where there can be no ledger, "usage" for a newer one. */
export async function openOutputLedger(
  { folder, run, planning, inputs, recognisers, settings }: LedgerRequest,
  { platform, workingFolder }: World,
): Promise<InputLedger & { close(): Promise<void> }> {
  const accounts = recognisers.flatMap(({ context }) => Object.values(context.account.credentials));
  const ledger = await openLedger({
    folder: folder.path,
    run,
    force: settings.values.force,
    order: { flags: keptFlags(withWholePaths(settings.flags, workingFolder)), workingFolder },
    providerOf: (input) => planning.recogniserOf(input).provider.id,
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
