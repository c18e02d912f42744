/** All commands, one line each. */
import { Command } from "commander";
import manifest from "../../package.json" with { type: "json" };
import { usageError } from "../errors.ts";
import { declareOptions } from "../settings/flags.ts";
import { register as registerBatch } from "./batch.ts";
import { register as registerCompare } from "./compare.ts";
import { register as registerCompletion } from "./completion.ts";
import { register as registerConfig } from "./config.ts";
import { register as registerDoctor } from "./doctor.ts";
import { register as registerEval } from "./eval.ts";
import { register as registerFormat } from "./format.ts";
import { register as registerLint } from "./lint.ts";
import { register as registerModels } from "./models.ts";
import { register as registerProviders } from "./providers.ts";
import { register as registerSchema } from "./schema.ts";
import { register as registerStream } from "./stream.ts";
import { register as registerTranscribe } from "./transcribe.ts";
import { register as registerVerify } from "./verify.ts";
import { register as registerWorker } from "./worker.ts";
import type { World } from "./world.ts";

type Register = (program: Command, world: World) => void;

/** Commander's own help command shows the program's help for a command that there is not. */
function registerHelp(program: Command): void {
  program
    .command("help")
    .summary("show help for a command")
    .description("Show help for a command, or for the whole program.")
    .argument("[COMMAND...]", "the command, e.g. config show")
    .action((names: string[]) => {
      let found = program;
      for (const name of names) {
        const next = found.commands.find((command) => command.name() === name);
        if (next === undefined) {
          const visible = found.createHelp().visibleCommands(found);
          const own = found.commands.filter((command) => visible.includes(command));
          const known = own.map((command) => command.name()).join(", ");
          throw usageError(
            `unknown command '${names.join(" ")}'`,
            known === "" ? `see asr help ${found.name()}` : `choose one of: ${known}`,
          );
        }
        found = next;
      }
      declareOptions(found);
      found.help();
    });
}

const COMMANDS: readonly Register[] = [
  registerTranscribe,
  registerStream,
  registerBatch,
  registerWorker,
  registerFormat,
  registerLint,
  registerEval,
  registerCompare,
  registerVerify,
  registerProviders,
  registerDoctor,
  registerModels,
  registerConfig,
  registerSchema,
  registerCompletion,
  registerHelp,
];

export interface Program {
  readonly command: Command;
  /** Waits for help and version to be written. @throws AsrError kind "output" */
  flushed(): Promise<void>;
}

/** The program as commander sees it; it throws commander's errors instead of ending the process. */
export function createProgram(world: World): Program {
  let writing = Promise.resolve();
  const program = new Command("asr")
    .description("Turn speech into text, SRT, VTT and JSON: offline, or with a vendor's API.")
    .version(manifest.version, "-V, --version", "show the version")
    .helpOption("-h, --help", "show help")
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        writing = world.stdout.write(text);
        // Looked at by `flushed`.
        writing.catch(() => {});
      },
      // Usage errors are shown by `main`, like every other error; help for no command goes here.
      writeErr: (text) => void world.stderr.write(text).catch(() => {}),
      outputError: () => {},
    });
  for (const register of COMMANDS) register(program, world);
  return { command: program, flushed: () => writing };
}
