/** `asr transcribe`: recorded audio to text. */
import type { Command } from "commander";
import { PROVIDER_IDS } from "../providers/registry.ts";
import { addOptions } from "../settings/flags.ts";
import { commandSettings } from "./settings.ts";
import type { World } from "./world.ts";

const EXAMPLES = `
Examples:
  $ asr transcribe talk.wav
  $ asr transcribe talk.wav -l zh -o talk.srt
  $ asr transcribe calls/ -o transcripts/ -f json,srt
  $ find calls -name '*.wav' -print0 | asr transcribe --from - --null -o transcripts/
  $ arecord -d 10 | asr transcribe -`;

export function register(program: Command, world: World): void {
  const command = program
    .command("transcribe")
    .summary("recorded audio to text")
    .description("Turn recorded audio into text, subtitles or JSON.")
    .argument("[INPUT...]", "files, folders, globs, or - for stdin; more with --from")
    .addHelpText("after", EXAMPLES);
  const givenFlags = addOptions(command, "transcribe", PROVIDER_IDS);
  command.action(async (operands: string[]) => {
    const settings = await commandSettings("transcribe", givenFlags(), world);
    const { runTranscription } = await import("./transcription.ts");
    await runTranscription(operands, settings, world);
  });
}
