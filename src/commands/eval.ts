/** `asr eval`: how well transcripts say what was said. */
import type { Command } from "commander";
import { PROVIDER_IDS } from "../providers/registry.ts";
import { addOptions } from "../settings/flags.ts";
import { commandSettings } from "./settings.ts";
import type { World } from "./world.ts";

const EXAMPLES = `
Examples:
  $ asr eval talk.txt --reference talk.ref.txt
  $ asr eval transcripts/ --reference references/ --max-mixed 5%
  $ asr eval new/ --against old/ --reference references/
  $ asr eval calls/ --reference calls/ -p stepfun --html report.html
  $ asr transcribe talk.wav | asr eval - --reference talk.ref.txt --json

Rates: WER by words, CER by characters, and mixed, which takes Chinese, Japanese and Korean by
character and the rest by word. Case, punctuation, spaces, widths, numerals and the Chinese script
are no errors unless --normalize says so; every report names what was taken out.`;

export function register(program: Command, world: World): void {
  const command = program
    .command("eval")
    .summary("score transcripts against what was said")
    .description(
      "Score transcripts against references: error rates, the worst files, limits, two runs compared.",
    )
    .argument(
      "[HYPOTHESIS...]",
      "transcripts (txt, json, srt, vtt, tsv) or recordings: files, folders, or - for stdin",
    )
    .addHelpText("after", EXAMPLES);
  const givenFlags = addOptions(command, "eval", PROVIDER_IDS);
  command.action(async (operands: string[]) => {
    const settings = await commandSettings("eval", givenFlags(), world);
    const { runEvaluation } = await import("./eval/run.ts");
    await runEvaluation(operands, settings, world);
  });
}
