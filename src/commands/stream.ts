/** `asr stream`: live audio to text while it is spoken. */
import type { Command } from "commander";
import { PROVIDER_IDS } from "../providers/registry.ts";
import { addOptions } from "../settings/flags.ts";
import { commandSettings } from "./settings.ts";
import type { World } from "./world.ts";

const EXAMPLES = `
Examples:
  $ arecord -t wav | asr stream
  $ asr stream --mic -p feishu-stream
  $ asr stream --mic -l zh -o meeting.srt
  $ asr stream --pace real talk.wav -f jsonl`;

export function register(program: Command, world: World): void {
  const command = program
    .command("stream")
    .summary("live audio to text while it is spoken")
    .description("Turn speech into text while it is spoken: from a pipe or the microphone.")
    .argument("[FILE]", "a recording, or - for stdin; without it stdin")
    .addHelpText("after", EXAMPLES);
  const givenFlags = addOptions(command, "stream", PROVIDER_IDS);
  command.action(async (operand: string | undefined) => {
    const settings = await commandSettings("stream", givenFlags(), world);
    const { runStreaming } = await import("./stream/run.ts");
    await runStreaming(operand, settings, world);
  });
}
