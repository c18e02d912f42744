/** `asr verify`: do recordings still give what they gave? */
import type { Command } from "commander";
import { PROVIDER_IDS } from "../providers/registry.ts";
import { addOptions } from "../settings/flags.ts";
import { verifySettings } from "./verify/settings.ts";
import type { World } from "./world.ts";

const EXAMPLES = `
Examples:
  $ asr verify cases/
  $ asr verify cases/ --junit results.xml
  $ asr verify cases/ --name 'zh/*' -v
  $ asr verify cases/ --update
  $ asr verify cases/ --live --only-provider stepfun

A case is talk.wav with talk.expected.srt (or txt, json, …) and talk.cassette/, which
asr transcribe talk.wav -p ID --record talk.cassette makes; or what a talk.case.yaml says.
Nothing is sent, and no settings of this machine count, unless --live asks the vendors again.`;

export function register(program: Command, world: World): void {
  const command = program
    .command("verify")
    .summary("check recordings against what they must give")
    .description("Run cases from recorded vendor answers, and compare what comes out.")
    .argument("<DIR...>", "folders of cases, searched through")
    .addHelpText("after", EXAMPLES);
  const givenFlags = addOptions(command, "verify", PROVIDER_IDS);
  command.action(async (operands: string[]) => {
    const settings = await verifySettings(givenFlags(), world);
    const { runVerification } = await import("./verify/run.ts");
    await runVerification(operands, settings, world);
  });
}
