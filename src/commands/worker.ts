/** `asr worker`: takes batch jobs from a queue that several machines share. */
import type { Command } from "commander";
import { PROVIDER_IDS } from "../providers/registry.ts";
import { addOptions } from "../settings/flags.ts";
import { commandSettings } from "./settings.ts";
import type { World } from "./world.ts";

const EXAMPLES = `
Examples:
  $ asr worker --queue redis://queue.example:6379 --root /mnt/recordings
  $ ASR_QUEUE=rediss://:PASSWORD@queue.example:6379 asr worker -p tencent-flash -j 20 -v`;

export function register(program: Command, world: World): void {
  const command = program
    .command("worker")
    .summary("take batch jobs from a queue that several machines share")
    .description(
      "Take jobs that asr transcribe --queue has put on a queue, until it is told to end.\n\n" +
        "Those of every vendor that there are credentials for, or of the one whose provider is named with -p. " +
        "With -p local those that are recognised on this machine: by nothing else.",
    )
    .addHelpText("after", EXAMPLES);
  const givenFlags = addOptions(command, "worker", PROVIDER_IDS);
  command.action(async () => {
    const settings = await commandSettings("worker", givenFlags(), world);
    const { runWorker } = await import("./worker/run.ts");
    await runWorker(settings, world);
  });
}
