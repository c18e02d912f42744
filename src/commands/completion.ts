/** `asr completion`: a script for the shell; `asr complete`, hidden: what that script asks. */
import type { Command } from "commander";
import { usageError } from "../errors.ts";
import { PROVIDER_IDS } from "../providers/registry.ts";
import { addOptions } from "../settings/flags.ts";
import { commandSettings } from "./settings.ts";
import type { World } from "./world.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;

type Shell = (typeof SHELLS)[number];

const EXAMPLES = `
Examples:
  $ echo 'source <(asr completion bash)' >> ~/.bashrc
  $ echo 'source <(asr completion zsh)' >> ~/.zshrc
  $ asr completion fish > ~/.config/fish/completions/asr.fish`;

export function register(program: Command, world: World): void {
  registerScripts(program, world);
  program
    .command("complete", { hidden: true })
    .description("Print what the last word can become; the scripts of asr completion ask this.")
    .argument("[WORDS...]", "behind --: the words after the program's name")
    .action(async (typed: string[]) => {
      const { printCompletion } = await import("./completion/answer.ts");
      await printCompletion(program, typed, world);
    });
}

function registerScripts(program: Command, world: World): void {
  const command = program
    .command("completion")
    .summary("a script that completes commands, flags and values in your shell")
    .description("Print a script that completes asr's commands, flags and values in your shell.")
    .addHelpText("after", EXAMPLES);
  const shell = command
    .createArgument("<SHELL>", "your shell")
    .choices(SHELLS)
    .argParser(shellNamed);
  command.addArgument(shell);
  const givenFlags = addOptions(command, "completion", PROVIDER_IDS);
  command.action(async (known: Shell) => {
    await commandSettings("completion", givenFlags(), world);
    const { SCRIPTS } = await import("../completion/scripts.ts");
    await world.stdout.write(SCRIPTS[known]);
  });
}

/** @throws AsrError kind "usage" for a name that is none */
function shellNamed(text: string): Shell {
  const known = SHELLS.find((name) => name === text);
  if (known !== undefined) return known;
  throw usageError(`there is no completion for ${text}`, `use one of ${SHELLS.join(", ")}`);
}
