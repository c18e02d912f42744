/** All commands, one line each. */
import { Command } from "commander";
import manifest from "../../package.json" with { type: "json" };
import { register as registerConfig } from "./config.ts";
import { register as registerDoctor } from "./doctor.ts";
import { register as registerProviders } from "./providers.ts";
import { register as registerTranscribe } from "./transcribe.ts";
import type { World } from "./world.ts";

type Register = (program: Command, world: World) => void;

const COMMANDS: readonly Register[] = [
  registerTranscribe,
  registerProviders,
  registerDoctor,
  registerConfig,
];

/** The program as commander sees it; it throws commander's errors instead of ending the process. */
export function createProgram(world: World): Command {
  const program = new Command("asr")
    .description("Turn speech into text, SRT, VTT and JSON: offline, or with a vendor's API.")
    .version(manifest.version, "-V, --version", "show the version")
    .helpOption("-h, --help", "show help")
    .helpCommand("help [command]", "show help for a command")
    .exitOverride()
    .configureOutput({
      // A reader of stdout that went away is noticed by the stream itself.
      writeOut: (text) => void world.stdout.write(text).catch(() => {}),
      // Usage errors are shown by `main`, like every other error; help for no command goes here.
      writeErr: (text) => void world.stderr.write(text).catch(() => {}),
      outputError: () => {},
    });
  for (const register of COMMANDS) register(program, world);
  return program;
}
