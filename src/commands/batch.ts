/** `asr batch`: how an output folder stands, and what is not done done again. */
import type { Command } from "commander";
import { usageError } from "../errors.ts";
import { PROVIDER_IDS } from "../providers/registry.ts";
import { addOptions } from "../settings/flags.ts";
import type { Settings } from "../settings/load.ts";
import { commandSettings } from "./settings.ts";
import type { World } from "./world.ts";

const OUT = ["<OUT>", "the folder that asr transcribe -o wrote into"] as const;

export function register(program: Command, world: World): void {
  const batch = program
    .command("batch")
    .summary("state of an output folder, and another try")
    .description("Show how an output folder stands, and do again what is not done.");
  registerStatus(batch, world);
  registerReport(batch, world);
  registerRetry(batch, world);
}

function registerStatus(batch: Command, world: World): void {
  const command = batch
    .command("status")
    .summary("how many are done, failed, running and waiting")
    .description(
      "Show how many inputs are done, failed, running and waiting, and why some failed.\n" +
        "Without a folder: how many jobs are on the queue, and how fast they are done.",
    )
    .argument("[OUT]", OUT[1]);
  const givenFlags = addOptions(command, "batch status", PROVIDER_IDS);
  command.action(async (out: string | undefined) => {
    const settings = await commandSettings("batch status", givenFlags(), world);
    if (out === undefined) {
      const { showQueues } = await import("./queue/status.ts");
      await showQueues(settings, world);
      return;
    }
    refuseQueue(settings);
    const { showStatus } = await import("./batch/status.ts");
    await showStatus(out, settings, world);
  });
}

/** @throws AsrError kind "usage": a folder's own ledger tells of it, wherever the work was done. */
function refuseQueue({ sources }: Settings): void {
  if (sources.queue !== "flag") return;
  throw usageError("OUT and --queue are two questions", "leave one of them out");
}

function registerReport(batch: Command, world: World): void {
  const command = batch
    .command("report")
    .summary("every input that failed and why, sums by provider and tag")
    .description("Show every input that failed and why, and sums by provider and tag.")
    .argument(...OUT);
  const givenFlags = addOptions(command, "batch report", PROVIDER_IDS);
  command.action(async (out: string) => {
    const settings = await commandSettings("batch report", givenFlags(), world);
    const { showReport } = await import("./batch/report.ts");
    await showReport(out, settings, world);
  });
}

function registerRetry(batch: Command, world: World): void {
  const command = batch
    .command("retry")
    .summary("do again what is not done, as it was asked for")
    .description(
      "Transcribe what is not done in a folder, with the flags of the run that named it; " +
        "flags given here go before those.",
    )
    .argument(...OUT);
  const givenFlags = addOptions(command, "batch retry", PROVIDER_IDS);
  command.action(async (out: string) => {
    const { retry } = await import("./batch/retry.ts");
    await retry(out, givenFlags(), world);
  });
}
