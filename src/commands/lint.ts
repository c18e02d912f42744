/** `asr lint`: subtitles checked against a style. */
import type { Command } from "commander";
import { PROVIDER_IDS } from "../providers/registry.ts";
import { addOptions } from "../settings/flags.ts";
import { commandSettings } from "./settings.ts";
import type { World } from "./world.ts";

const EXAMPLES = `
Examples:
  $ asr lint talk.srt
  $ asr lint talk.vtt --style bbc --strict
  $ asr lint *.srt --github
  $ asr lint talk.srt --fix -o mended.srt`;

export function register(program: Command, world: World): void {
  const command = program
    .command("lint")
    .summary("check subtitles against a style")
    .description("Find what SRT and WebVTT files have wrong, by the rules of a subtitle style.")
    .argument("FILE...", "subtitles, or - for stdin")
    .addHelpText("after", EXAMPLES);
  const givenFlags = addOptions(command, "lint", PROVIDER_IDS);
  command.action(async (operands: string[]) => {
    const settings = await commandSettings("lint", givenFlags(), world);
    const { runLinting } = await import("./lint/run.ts");
    await runLinting(operands, settings, world);
  });
}
