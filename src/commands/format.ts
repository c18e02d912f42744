/** `asr format`: another format or style from a finished transcript. */
import type { Command } from "commander";
import { PROVIDER_IDS } from "../providers/registry.ts";
import { addOptions } from "../settings/flags.ts";
import { commandSettings } from "./settings.ts";
import type { World } from "./world.ts";

const EXAMPLES = `
Examples:
  $ asr format talk.json -o talk.srt
  $ asr format talk.json -f srt,vtt,txt -o talk.srt --style bbc
  $ asr format old.srt -o new.vtt --chinese traditional
  $ whisper talk.wav --output_format json && asr format talk.json -f ass`;

export function register(program: Command, world: World): void {
  const command = program
    .command("format")
    .summary("another format or subtitle style from a finished transcript")
    .description(
      "Write a finished transcript (JSON, SRT, VTT, a vendor's answer) in other formats; asks no vendor.",
    )
    .argument("FILE", "the transcript, or - for stdin")
    .addHelpText("after", EXAMPLES);
  const givenFlags = addOptions(command, "format", PROVIDER_IDS);
  command.action(async (operand: string) => {
    const settings = await commandSettings("format", givenFlags(), world);
    const { runFormatting } = await import("./formatting.ts");
    await runFormatting(operand, settings, world);
  });
}
