/** `asr compare`: the same recordings by several providers. */
import type { Command } from "commander";
import { PROVIDER_IDS } from "../providers/registry.ts";
import { addOptions } from "../settings/flags.ts";
import { commandSettings } from "./settings.ts";
import type { World } from "./world.ts";

const EXAMPLES = `
Examples:
  $ asr compare talk.wav --providers tencent-flash,stepfun
  $ asr compare calls/*.wav --providers local,feishu-file -l zh --reference calls/
  $ asr compare talk.wav --providers tencent-flash,stepfun --record talk.cassette --json

Agreement is the mixed error rate between each two: Chinese, Japanese and Korean by character, the
rest by word. Parameters of one provider come from its section of the settings
(providers.stepfun.model, …).`;

export function register(program: Command, world: World): void {
  const command = program
    .command("compare")
    .summary("the same recordings by several providers")
    .description("Recognise recordings with several providers, and show where they agree.")
    .argument("<FILE...>", "recordings: files, folders, globs")
    .addHelpText("after", EXAMPLES);
  const givenFlags = addOptions(command, "compare", PROVIDER_IDS);
  command.action(async (operands: string[]) => {
    const settings = await commandSettings("compare", givenFlags(), world);
    const { runComparison } = await import("./compare/run.ts");
    await runComparison(operands, settings, world);
  });
}
